package io.cleave.testbed.learn;

import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.onnx.Zoo;
import io.cleave.policies.plan.Demand;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.profile.DeviceClass;
import io.cleave.testbed.experiment.LoadCourse;
import io.cleave.testbed.experiment.TracePiece;
import io.cleave.testbed.experiment.TraceShare;
import io.cleave.testbed.world.Arrivals;
import io.cleave.testbed.world.CallBytes;
import io.cleave.testbed.world.Machine;
import io.cleave.testbed.world.RemoteMachine;
import io.cleave.testbed.world.Reporting;
import io.cleave.testbed.world.Scenario;
import io.cleave.traces.Split;
import io.cleave.traces.Trace;
import io.cleave.traces.TraceLibrary;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.LongFunction;

/**
 * Draws worlds with one device at random: network, machines, links, loads, frames and reports. One
 * to three servers could help. A link is a piece of a recording of one split, made so much faster
 * or slower that helping is now clearly worth it, now clearly not.
 */
public final class Worlds implements LongFunction<Scenario> {
  /** Networks to learn from; all others are new to the policy. */
  public static final List<Zoo> NETWORKS =
      List.of(Zoo.ALEXNET, Zoo.RESNET18, Zoo.TINY_YOLOV2, Zoo.MOBILENETV2, Zoo.VGG16);

  private static final List<DeviceClass> DEVICES =
      List.of(DeviceClass.RASPBERRY_PI_3B, DeviceClass.RASPBERRY_PI_4B, DeviceClass.JETSON_NANO);
  private static final List<DeviceClass> SERVERS =
      List.of(DeviceClass.LAPTOP, DeviceClass.DESKTOP, DeviceClass.CLOUD_GPU);
  private static final int MOST_SERVERS = 3;
  private static final double LONGEST = 300; // seconds of a piece
  private static final double FRAMES = 100; // of a world at most
  private static final double WORTHWHILE = 0.8; // share of the seconds alone

  private final List<Trace> traces;
  private final List<DnnGraph> graphs = NETWORKS.stream().map(Zoo::graph).toList();

  /** Worlds over the recordings of one split. */
  public Worlds(Split split) {
    TraceLibrary library = TraceLibrary.builtIn();
    this.traces = library.names(split).stream().map(library::trace).toList();
  }

  /** Equal seeds give equal worlds. */
  @Override
  public Scenario apply(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Optional<Scenario> drawn = draw(seed, random);
    while (drawn.isEmpty()) {
      drawn = draw(seed, random);
    }
    return drawn.get();
  }

  /** Empty if the first server could not help over its fastest link. */
  private Optional<Scenario> draw(long seed, SplittableRandom random) {
    DnnGraph graph = any(graphs, random);
    DeviceClass device = any(DEVICES, random);
    double alone = device.profile().times(graph).run(Plan.local(graph).near());
    List<RemoteMachine> servers = new ArrayList<>();
    for (int number = 1 + random.nextInt(MOST_SERVERS); number > 0; number--) {
      servers.add(server(seed, servers.size() + 1, link(graph, alone, random), random));
    }
    RemoteMachine first = servers.get(0);
    double helped =
        first.machine().profile().times(graph).run(graph.all()) + first.link().roundTrip().at(0);
    if (helped > WORTHWHILE * alone) {
      return Optional.empty();
    }
    double gap = alone * Math.exp(random.nextDouble(Math.log(0.4), Math.log(6)));
    Demand demand =
        new Demand(1 / gap, random.nextBoolean() ? 2 * alone : Double.POSITIVE_INFINITY, 0);
    double seconds = Math.min(first.link().periodSeconds(), FRAMES * gap);
    return Optional.of(
        new Scenario(
            graph,
            machine("device", device),
            servers,
            new Scenario.Workload(
                random.nextInt(4) == 0 ? Arrivals.POISSON : Arrivals.PERIODIC, demand, seconds),
            new Reporting(1, random.nextDouble(0.02, 0.3))));
  }

  private static RemoteMachine server(long seed, int number, Trace link, SplittableRandom random) {
    LoadCourse load = random.nextInt(3) == 0 ? LoadCourse.IDLE : LoadCourse.seeded(number);
    return new RemoteMachine(
        machine("server-%d".formatted(number), any(SERVERS, random)),
        link,
        load.series(seed),
        new CallBytes(0, 0));
  }

  /** A piece of a recording, with about the rate at which helping begins to pay. */
  private Trace link(DnnGraph graph, double alone, SplittableRandom random) {
    Trace whole = any(traces, random);
    double seconds = Math.min(LONGEST, whole.periodSeconds());
    double from = random.nextDouble() * (whole.periodSeconds() - seconds);
    Trace piece = TracePiece.of(whole, whole.name(), from, seconds);
    double input = graph.inputSize().bits();
    double paying = input / alone; // bit/s
    double mean = piece.up().meanBitsPerSecond();
    double factor = Math.exp(random.nextDouble(Math.log(0.5), Math.log(30)));
    return random.nextInt(4) == 0 ? piece : TraceShare.of(piece, factor * paying / mean);
  }

  private static Machine machine(String name, DeviceClass type) {
    return new Machine(name, type.profile(), type.energy());
  }

  private static <T> T any(List<T> all, SplittableRandom random) {
    return all.get(random.nextInt(all.size()));
  }
}
