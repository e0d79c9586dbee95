package io.cleave.agents;

import com.sun.management.OperatingSystemMXBean;
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
import io.netty.util.internal.logging.InternalLoggerFactory;
import io.netty.util.internal.logging.JdkLoggerFactory;
import java.io.IOException;
import java.lang.management.ManagementFactory;
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
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.ToDoubleFunction;

/**
 * A program: what it costs to split a network on one machine, through the data plane. Whole, split
 * in one process and split through the data plane take turns, so that all see the same machine; of
 * each the lowest decile counts, by the clock and by the processor time of the process, which other
 * programs disturb less. A split whose second part runs on another thread shows what handing over
 * and back costs on this machine: the data plane hands over six times. Arguments: a zoo network
 * (resnet18), rounds (150).
 */
final class SplitOverhead implements AutoCloseable {
  private static final double QUANTILE = 0.1;
  private static final int CUTS = 6;
  private static final int WARM_UP = 60;

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
    InternalLoggerFactory.setDefaultFactory(JdkLoggerFactory.INSTANCE); // not each frame's debug
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
    System.out.printf("%s, %d rounds, lowest deciles in ms%n", model.graph().name(), rounds);
    System.out.printf(
        "%6s %8s | clock: %7s %7s %7s %7s %6s | processor: %7s %6s %6s | %6s %6s %6s %6s%n",
        "cut at", "kB", "whole", "split", "thread", "plane", "ratio", "whole", "split", "plane",
        "upload", "engine", "codec", "down");
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
    Turns whole = new Turns(rounds);
    Turns split = new Turns(rounds);
    Turns thread = new Turns(rounds);
    Turns plane = new Turns(rounds);
    List<CallTiming> timings = new ArrayList<>();
    for (int round = -WARM_UP; round < rounds; round++) {
      whole.time(round, () -> library.run(model, all, inputs));
      split.time(round, () -> library.run(model, far, library.run(model, near, inputs)));
      thread.time(round, () -> onAnotherThread(far, library.run(model, near, inputs)));
      timings.add(plane.time(round, () -> throughThePlane(far, library.run(model, near, inputs))));
    }
    timings.subList(0, WARM_UP).clear();
    System.out.printf(
        "%6d %8.1f |        %7.2f %7.2f %7.2f %7.2f %6.3f |            %7.2f %6.3f %6.3f |"
            + " %6.2f %6.2f %6.2f %6.2f%n",
        cut,
        timings.get(0).uplinkBytes() / 1e3,
        whole.clockMillis(),
        split.clockMillis(),
        thread.clockMillis(),
        plane.clockMillis(),
        plane.clockMillis() / whole.clockMillis(),
        whole.processorMillis(),
        split.processorMillis() / whole.processorMillis(),
        plane.processorMillis() / whole.processorMillis(),
        quantile(timings, CallTiming::uploadSeconds),
        quantile(timings, CallTiming::computeSeconds),
        quantile(timings, t -> t.encodeSeconds() + t.codecSeconds() + t.decodeSeconds()),
        quantile(timings, CallTiming::downloadSeconds));
  }

  /** What one way of running took, turn by turn. */
  private static final class Turns {
    private static final OperatingSystemMXBean SYSTEM =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private final double[] clock;
    private final double[] processor;

    Turns(int rounds) {
      clock = new double[rounds];
      processor = new double[rounds];
    }

    /** A round below 0 is for warming up. */
    <T> T time(int round, Callable<T> turn) throws Exception {
      long processorStart = SYSTEM.getProcessCpuTime();
      long start = System.nanoTime();
      T result = turn.call();
      if (round >= 0) {
        clock[round] = System.nanoTime() - start;
        processor[round] = SYSTEM.getProcessCpuTime() - processorStart;
      }
      return result;
    }

    double clockMillis() {
      return quantile(clock) * 1e-6;
    }

    double processorMillis() {
      return quantile(processor) * 1e-6;
    }
  }

  private List<TensorValue> onAnotherThread(LayerSet far, List<TensorValue> frontier)
      throws Exception {
    return machine.submit(() -> library.run(model, far, frontier)).get();
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
