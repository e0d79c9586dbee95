package io.cleave.testbed.reproduce;

import io.cleave.policies.catalog.PlannerCatalog;
import io.cleave.policies.catalog.PlannerSpec;
import io.cleave.policies.control.SwitchRule;
import io.cleave.policies.control.Targeting;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.onnx.Zoo;
import io.cleave.policies.profile.DeviceClass;
import io.cleave.testbed.experiment.Sample;
import io.cleave.testbed.reproduce.Reproduction.Section;
import io.cleave.testbed.world.Control;
import io.cleave.testbed.world.PlannerFactory;
import io.cleave.testbed.world.SimulatedWorld;
import io.cleave.testbed.world.SiteScenario;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * Mohammed et al., "Distributed Inference Acceleration with Adaptive DNN Partitioning and
 * Offloading", INFOCOM 2020: users that share fog nodes. Only the abstract's figure was read; the
 * set-up is from memory, and links, users and frame rates are ours.
 */
public final class DinaReproduction {
  private static final double READ_LEAST = 2.6; // "2.6-4.2 times", in the abstract
  private static final double READ_MOST = 4.2;
  private static final double FRAMES_PER_SECOND = 0.1; // as DADS under light load
  private static final double WARM_UP_SECONDS = 30; // until everybody has reported and been told

  private static final DeviceClass BOARD = DeviceClass.RASPBERRY_PI_3B;
  private static final List<DeviceClass> FOG =
      List.of(DeviceClass.LAPTOP, DeviceClass.LAPTOP, DeviceClass.DESKTOP, DeviceClass.DESKTOP);

  private static final Contestant DINA =
      new Contestant("DINA-P + DINA-O", "dina-p", Targeting.SWAP_MATCHING);
  private static final List<Contestant> STATE_OF_THE_ART =
      List.of(
          new Contestant("neurosurgeon", "neurosurgeon", Targeting.EACH),
          new Contestant("dads", "dads", Targeting.EACH));
  private static final Contestant PIECES =
      new Contestant("DINA-P, all nodes, no matching", "dina-p", Targeting.EACH);
  private static final List<Contestant> OTHERS =
      List.of(
          new Contestant("DINA-P, node at random", "dina-p", Targeting.RANDOM),
          new Contestant("DINA-P, node by greed", "dina-p", Targeting.GREEDY),
          PIECES,
          new Contestant("all on the board", "local", Targeting.EACH));

  private final List<DnnGraph> networks;
  private final List<Double> linkMbps;
  private final int seeds;

  /** Who plans, and who chooses the node. */
  private record Contestant(String name, String planner, Targeting targeting) {}

  /** The set-up that is printed: three speeds of links, five seeds. */
  public DinaReproduction() {
    this(
        List.of(Zoo.NIN.graph(), Zoo.TINY_YOLOV2.graph(), Zoo.VGG16.graph(), Zoo.RESNET18.graph()),
        List.of(10.0, 50.0, 100.0),
        5);
  }

  /**
   * A smaller one.
   *
   * @param networks that boards run by turns
   * @param linkMbps means of the links' rates
   * @param seeds for sites drawn for each of them, at least 2
   */
  DinaReproduction(List<DnnGraph> networks, List<Double> linkMbps, int seeds) {
    this.networks = List.copyOf(networks);
    this.linkMbps = List.copyOf(linkMbps);
    this.seeds = seeds;
  }

  /** Simulates every site under every contestant; about two minutes on two cores. */
  public Reproduction run() {
    Sample both = new Sample();
    Sample pieces = new Sample();
    List<Section> tables = new ArrayList<>();
    for (double mbps : linkMbps) {
      Map<Contestant, List<Double>> results = results(FOG, mbps);
      for (Contestant opponent : STATE_OF_THE_ART) {
        both.add(times(of(opponent, results), of(DINA, results)).mean());
        pieces.add(times(of(opponent, results), of(PIECES, results)).mean());
      }
      tables.add(table("Links of %.0f Mbit/s on average, a frame", mbps, results));
    }
    double fastest = linkMbps.get(linkMbps.size() - 1);
    List<DeviceClass> peers = Collections.nCopies(FOG.size(), BOARD);
    tables.add(
        table(
            "Not the paper's: fog nodes that are boards, too, %.0f Mbit/s",
            fastest, results(peers, fastest)));
    List<Section> sections = new ArrayList<>();
    sections.add(
        new Section(
            "Times faster than neurosurgeon and dads, over the links below",
            List.of(
                new Comparison("DINA-P + DINA-O, least", READ_LEAST, both.percentile(0)),
                new Comparison("DINA-P + DINA-O, most", READ_MOST, both.percentile(1)),
                new Comparison(PIECES.name() + ", least", READ_LEAST, pieces.percentile(0)),
                new Comparison(PIECES.name() + ", most", READ_MOST, pieces.percentile(1))),
            List.of("We have not read over which settings the paper's range is.")));
    sections.addAll(tables);
    return new Reproduction(
        "Mohammed, Joe-Wong, Babbar, Di Francesco: DINA, INFOCOM 2020",
        String.format(
            Locale.ROOT,
            "%d boards (Raspberry Pi 3B; NiN, tiny YOLOv2, VGG16, ResNet-18 by turns, %.1f frames/s each, at random), 2 laptops and 2 desktops, links that hold still, simulated; %d seeds, mean and standard deviation.",
            DinaSite.USERS,
            FRAMES_PER_SECOND,
            seeds),
        sections);
  }

  private static Section table(String title, double mbps, Map<Contestant, List<Double>> results) {
    return new Section(String.format(Locale.ROOT, title, mbps), List.of(), notes(results));
  }

  /** Mean latency in seconds of each seed's frames. */
  private Map<Contestant, List<Double>> results(List<DeviceClass> fogNodes, double mbps) {
    DinaSite site = new DinaSite(networks, BOARD, fogNodes, mbps, FRAMES_PER_SECOND);
    List<Contestant> contestants = new ArrayList<>(List.of(DINA));
    contestants.addAll(STATE_OF_THE_ART);
    contestants.addAll(OTHERS);
    Map<Contestant, List<Double>> results = new LinkedHashMap<>();
    for (Contestant contestant : contestants) {
      results.put(
          contestant,
          LongStream.rangeClosed(1, seeds)
              .parallel()
              .mapToObj(seed -> mean(site.scenario(seed), contestant, seed))
              .toList());
    }
    return results;
  }

  private static double mean(SiteScenario site, Contestant contestant, long seed) {
    Sample latencies = new Sample();
    PlannerFactory planner =
        PlannerFactory.of(
            PlannerCatalog.standard().create(PlannerSpec.parse(contestant.planner())));
    new SimulatedWorld()
        .run(
            site,
            planner,
            new Control(SwitchRule.none(), contestant.targeting()),
            seed,
            device ->
                frame -> {
                  if (frame.arrivalSeconds() >= WARM_UP_SECONDS) {
                    latencies.add(frame.latencySeconds());
                  }
                });
    return latencies.mean();
  }

  private static List<String> notes(Map<Contestant, List<Double>> results) {
    List<String> notes = new ArrayList<>();
    results.forEach(
        (contestant, each) -> {
          Sample means = new Sample();
          each.forEach(means::add);
          Sample times = times(each, of(DINA, results));
          notes.add(
              String.format(
                  Locale.ROOT,
                  "%-30s %5.0f ± %4.0f ms; DINA-P + DINA-O is %5.2f ± %.2f times as fast",
                  contestant.name(),
                  1e3 * means.mean(),
                  1e3 * means.deviation(),
                  times.mean(),
                  times.deviation()));
        });
    return notes;
  }

  private static List<Double> of(Contestant contestant, Map<Contestant, List<Double>> results) {
    return Optional.ofNullable(results.get(contestant)).orElseThrow();
  }

  /** How many times faster one is than another, seed by seed. */
  private static Sample times(List<Double> slower, List<Double> faster) {
    Sample times = new Sample();
    for (int seed = 0; seed < slower.size(); seed++) {
      times.add(slower.get(seed) / faster.get(seed));
    }
    return times;
  }
}
