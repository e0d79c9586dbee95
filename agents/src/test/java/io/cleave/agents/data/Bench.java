package io.cleave.agents.data;

import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.plan.Codec;
import io.cleave.transport.tensor.ElementKind;
import io.cleave.transport.tensor.TensorValue;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.*;

final class Bench {
  public static void main(String[] args) throws Exception {
    Workbench echo =
        new Workbench(
            task -> CompletableFuture.completedFuture(new SliceAnswer(List.of(), 0, 0)),
            slices -> CompletableFuture.completedFuture(null));
    try (DataServer server =
            DataServer.start(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                Optional.empty(),
                DataLimits.standard(),
                echo);
        DataClient client =
            new DataClient(
                "localhost", server.address().getPort(), Optional.empty(), Runnable::run)) {
      ByteBuffer data = ByteBuffer.allocateDirect(64 * 56 * 56 * 4).order(ByteOrder.LITTLE_ENDIAN);
      Random random = new Random(1);
      while (data.hasRemaining()) data.putFloat((float) random.nextGaussian());
      data.flip();
      List<TensorValue> in =
          List.of(new TensorValue("x", ElementKind.FLOAT32, List.of(1L, 64L, 56L, 56L), data));
      SliceReference slice = new SliceReference("0".repeat(64), LayerSet.of(1, 2));
      for (int i = 0; i < 2000; i++) {
        CompletableFuture<Outcome<RunResult>> done = new CompletableFuture<>();
        long start = System.nanoTime();
        client.run(
            new RunOrder(
                new FrameKey("d", 1, i, 1),
                slice,
                in,
                Packing.of(Codec.FP32),
                Optional.of(Duration.ofSeconds(5))),
            CallListener.atEnd(done::complete));
        Outcome<RunResult> o = done.get();
        double ms = (System.nanoTime() - start) * 1e-6;
        if (i % 200 == 199)
          System.out.println(
              ms + " " + (o instanceof Outcome.Answered<RunResult> a ? a.result().timing() : o));
      }
      for (int i = 0; i < 5; i++) {
        CompletableFuture<Outcome<ProbeResult>> done = new CompletableFuture<>();
        client.probe(
            i * 100000, i * 50000, Duration.ofSeconds(5), CallListener.atEnd(done::complete));
        System.out.println(done.get());
      }
    }
  }
}
