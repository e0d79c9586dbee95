package io.cleave.agents;

import io.cleave.agents.data.CallListener;
import io.cleave.agents.data.CallTiming;
import io.cleave.agents.data.DataClient;
import io.cleave.agents.data.DataLimits;
import io.cleave.agents.data.DataServer;
import io.cleave.agents.data.FrameKey;
import io.cleave.agents.data.Outcome;
import io.cleave.agents.data.Packing;
import io.cleave.agents.data.RunOrder;
import io.cleave.agents.data.RunResult;
import io.cleave.agents.data.SliceAnswer;
import io.cleave.agents.data.SliceReference;
import io.cleave.agents.data.SliceTask;
import io.cleave.agents.data.Workbench;
import io.cleave.agents.dnn.Frontier;
import io.cleave.agents.dnn.Model;
import io.cleave.agents.dnn.ModelStore;
import io.cleave.agents.dnn.SliceLibrary;
import io.cleave.agents.dnn.SliceLimits;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.graph.Tensor;
import io.cleave.policies.plan.Codec;
import io.cleave.transport.tensor.ElementKind;
import io.cleave.transport.tensor.TensorValue;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.ToDoubleFunction;

/**
 * A program: what it costs to split a network on one machine, through the data plane. Whole, split
 * in one process and split through the data plane take turns, so that all see the same machine; of
 * each the lower quartile counts. Arguments: a zoo network (resnet18), rounds (150).
 */
final class SplitOverhead implements AutoCloseable {
  private static final double QUANTILE = 0.25;
  private static final int CUTS = 6;

  private final SliceLibrary library = new SliceLibrary(new SliceLimits(64, 2L << 30, 1));
  private final ExecutorService machine = Executors.newSingleThreadExecutor();
  private final Model model;
  private final DataServer server;
  private final DataClient client;
  private long frame;

  private SplitOverhead(Path folder, String network) {
    model = new ModelStore(folder).open("zoo:" + network, Map.of());
    server =
        DataServer.start(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            Optional.empty(),
            DataLimits.standard(),
            new Workbench(this::serve, slices -> CompletableFuture.completedFuture(null)));
    client =
        new DataClient("127.0.0.1", server.address().getPort(), Optional.empty(), Runnable::run);
  }

  public static void main(String[] arguments) throws Exception {
    String network = arguments.length > 0 ? arguments[0] : "resnet18";
    int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 150;
    Path folder = Files.createTempDirectory("split-overhead");
    try (SplitOverhead overhead = new SplitOverhead(folder, network)) {
      overhead.report(rounds);
    } finally {
      delete(folder);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
        Files.delete(file);
      }
    }
  }

  private CompletableFuture<SliceAnswer> serve(SliceTask task) {
    return CompletableFuture.supplyAsync(
        () -> {
          long start = System.nanoTime();
          List<TensorValue> outputs = library.run(model, task.slice().layers(), task.inputs());
          return new SliceAnswer(outputs, 0, (System.nanoTime() - start) * 1e-9);
        },
        machine);
  }

  private void report(int rounds) throws Exception {
    System.out.printf(
        "%s, %d rounds, lower quartiles in ms%n%6s %9s %7s %7s %7s %6s | %6s %6s %6s %6s %6s%n",
        model.graph().name(),
        rounds,
        "cut at",
        "kB",
        "whole",
        "split",
        "plane",
        "ratio",
        "encode",
        "upload",
        "wait+",
        "decode",
        "down");
    for (int cut : cuts()) {
      measure(cut, rounds);
    }
  }

  /** Some cuts through one tensor, from the first to the last. */
  private List<Integer> cuts() {
    DnnGraph graph = model.graph();
    List<Integer> single = new ArrayList<>();
    for (int cut = 2; cut < graph.size(); cut++) {
      if (Frontier.of(graph, LayerSet.range(0, cut)).outputs().size() == 1) {
        single.add(cut);
      }
    }
    List<Integer> some = new ArrayList<>();
    for (int i = 0; i < CUTS; i++) {
      some.add(single.get(i * (single.size() - 1) / (CUTS - 1)));
    }
    return some;
  }

  private void measure(int cut, int rounds) throws Exception {
    LayerSet all = model.graph().all();
    LayerSet near = LayerSet.range(0, cut);
    LayerSet far = all.minus(near);
    for (LayerSet layers : List.of(all, near, far)) {
      library.prepare(model, layers);
    }
    List<TensorValue> inputs = List.of(noise(model.graph().tensor(0)));
    double[] whole = new double[rounds];
    double[] split = new double[rounds];
    double[] plane = new double[rounds];
    List<CallTiming> timings = new ArrayList<>();
    long bytes = 0;
    for (int round = -20; round < rounds; round++) {
      long t0 = System.nanoTime();
      library.run(model, all, inputs);
      long t1 = System.nanoTime();
      library.run(model, far, library.run(model, near, inputs));
      long t2 = System.nanoTime();
      CallTiming timing = throughThePlane(far, library.run(model, near, inputs));
      long t3 = System.nanoTime();
      if (round >= 0) {
        whole[round] = t1 - t0;
        split[round] = t2 - t1;
        plane[round] = t3 - t2;
        timings.add(timing);
        bytes = timing.uplinkBytes();
      }
    }
    double one = quantile(whole);
    System.out.printf(
        "%6d %9.1f %7.2f %7.2f %7.2f %6.3f | %6.2f %6.2f %6.2f %6.2f %6.2f%n",
        cut,
        bytes / 1e3,
        one * 1e-6,
        quantile(split) * 1e-6,
        quantile(plane) * 1e-6,
        quantile(plane) / one,
        quantile(timings, CallTiming::encodeSeconds),
        quantile(timings, CallTiming::uploadSeconds),
        quantile(timings, t -> t.waitSeconds() - t.computeSeconds() - t.codecSeconds()),
        quantile(timings, t -> t.decodeSeconds() + t.codecSeconds()),
        quantile(timings, CallTiming::downloadSeconds));
  }

  private CallTiming throughThePlane(LayerSet far, List<TensorValue> frontier) throws Exception {
    CompletableFuture<Outcome<RunResult>> end = new CompletableFuture<>();
    client.run(
        new RunOrder(
            new FrameKey("device", 1, frame++, 1),
            new SliceReference(model.reference().sha256(), far),
            frontier,
            Packing.of(Codec.FP32),
            Optional.empty()),
        CallListener.atEnd(end::complete));
    if (end.get() instanceof Outcome.Answered<RunResult> answered) {
      return answered.result().timing();
    }
    throw new IllegalStateException("No answer: " + end.get());
  }

  private static TensorValue noise(Tensor tensor) {
    int bytes = (int) tensor.size().bytes();
    ByteBuffer data = ByteBuffer.allocateDirect(bytes).order(ByteOrder.LITTLE_ENDIAN);
    Random random = new Random(1);
    while (data.hasRemaining()) {
      data.putFloat((float) random.nextGaussian());
    }
    return new TensorValue(tensor.name(), ElementKind.FLOAT32, tensor.shape().dims(), data.flip());
  }

  private static double quantile(List<CallTiming> timings, ToDoubleFunction<CallTiming> part) {
    return quantile(timings.stream().mapToDouble(part).toArray()) * 1e3;
  }

  private static double quantile(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[(int) (QUANTILE * sorted.length)];
  }

  @Override
  public void close() {
    client.close();
    server.close();
    machine.shutdown();
    library.close();
  }
}
