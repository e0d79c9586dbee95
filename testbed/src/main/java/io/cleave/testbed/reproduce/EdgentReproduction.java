package io.cleave.testbed.reproduce;

import io.cleave.policies.answers.ExitAnswers;
import io.cleave.policies.cost.CostModel;
import io.cleave.policies.exits.Direction;
import io.cleave.policies.exits.EdgentStatic;
import io.cleave.policies.exits.LastExit;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.onnx.Zoo;
import io.cleave.policies.partition.ChainSplit;
import io.cleave.policies.partition.Objective;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.Planner;
import io.cleave.policies.plan.Stage;
import io.cleave.policies.profile.DeviceClass;
import io.cleave.policies.profile.FitQuality;
import io.cleave.policies.profile.FittedProfile.Measured;
import io.cleave.testbed.reproduce.Reproduction.Section;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Li et al., Edgent, MECOMM 2018 and TWC 2020: which exit and which cut, over link rates and
 * deadlines. We have read no figure in the paper, so none stands beside ours.
 */
public final class EdgentReproduction {
  private static final double[] KBPS = {50, 100, 250, 500, 750, 1000, 1250, 1500};
  private static final double[] DEADLINES_MS =
      IntStream.rangeClosed(1, 10).mapToDouble(i -> 100 * i).toArray();

  /**
   * What the device alone shall need to the last exit, so that these deadlines are hard to meet.
   */
  private static final double DEVICE_ALONE_SECONDS = 2;

  private static final UnaryPlan EDGENT =
      planner(new EdgentStatic(new EdgentStatic.Settings(Direction.EDGE_FIRST, false)));
  private static final UnaryPlan DEVICE_FIRST =
      planner(new EdgentStatic(new EdgentStatic.Settings(Direction.DEVICE_FIRST, false)));
  private static final UnaryPlan PARTITION_ONLY = planner(new ChainSplit(Objective.LATENCY));

  private final Optional<ExitAnswers> answers;

  /**
   * For AlexNet with five exits.
   *
   * @param answers of its exits, if it was trained
   */
  public EdgentReproduction(Optional<ExitAnswers> answers) {
    this.answers = answers;
  }

  /** Computes every table; a second. */
  public Reproduction run() {
    EdgentSetup classes = EdgentSetup.measured(1, answers);
    double alone = classes.deviceAloneSeconds(classes.exits() - 1);
    double slowdown = DEVICE_ALONE_SECONDS / alone;
    List<Section> sections = new ArrayList<>();
    sections.add(regressions());
    sections.add(strategies("Machines as fast as their classes", 1));
    sections.add(
        strategies(
            String.format(
                Locale.ROOT,
                "Both machines %.0f times slower, so that the device alone needs %.0f s",
                slowdown,
                DEVICE_ALONE_SECONDS),
            slowdown));
    return new Reproduction(
        "Li, Zhou, Chen: Edgent, MECOMM 2018, arXiv 1806.07840",
        String.format(
            Locale.ROOT,
            "Raspberry Pi 3B and desktop, AlexNet with five exits (38 M multiply-accumulates; the device alone takes %.0f ms). Rates, deadlines and network are settings from memory; we have read no figure of the paper that could stand beside ours. %s",
            1e3 * alone,
            accuracies()),
        sections);
  }

  private String accuracies() {
    return answers
        .map(
            known ->
                "Accuracies of the exits: "
                    + String.join(
                        ", ",
                        IntStream.range(0, known.exits().size())
                            .mapToObj(i -> String.format(Locale.ROOT, "%.3f", known.accuracy(i)))
                            .toList())
                    + ".")
        .orElse(
            "Accuracies of the exits are not known, for nobody trained the network; deeper counts as better.");
  }

  private static Section regressions() {
    List<String> notes = new ArrayList<>();
    for (DeviceClass machine : List.of(EdgentSetup.DEVICE, EdgentSetup.EDGE)) {
      Measured held = Measured.of(Zoo.ALEXNET_EXITS.graph(), machine.profile());
      for (FitQuality fit : FitQuality.of(EdgentSetup.fitted(machine), List.of(held))) {
        notes.add(
            String.format(
                Locale.ROOT,
                "%-16s %-16s %3d layers, R2 %6.3f, mean error %4.1f %%",
                machine.id(),
                fit.kind(),
                fit.layers(),
                fit.determination(),
                100 * fit.meanError()));
      }
    }
    return new Section(
        "Layer times by regression, fitted to the zoo's other networks, on AlexNet with exits",
        List.of(),
        notes);
  }

  private Section strategies(String title, double slowdown) {
    Ground ground =
        new Ground(
            EdgentSetup.measured(slowdown, answers), EdgentSetup.predicted(slowdown, answers));
    List<String> notes = new ArrayList<>();
    notes.add(
        "Exit:layers on the edge/all of that exit (edge first), local: none, !: too late. Planned by the regressions.");
    String columns =
        String.join(
            "",
            Arrays.stream(DEADLINES_MS)
                .mapToObj(ms -> String.format(Locale.ROOT, "%8.0f ms", ms))
                .toList());
    notes.add(String.format("%8s", "kbit/s") + columns);
    for (double kbps : KBPS) {
      StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%8.0f", kbps));
      for (double ms : DEADLINES_MS) {
        line.append(String.format("%11s", ground.shown(kbps, ms / 1e3)));
      }
      notes.add(line.toString());
    }
    notes.add("");
    notes.add(ground.tally("edgent, by regressions", true, EDGENT));
    notes.add(ground.tally("edgent, by true times", false, EDGENT));
    notes.add(ground.tally("edgent, device first, by true times", false, DEVICE_FIRST));
    notes.add(ground.tally("partition only, last exit", false, PARTITION_ONLY));
    notes.add(ground.tally("right-sizing only, on the device", false, ground::rightSized));
    notes.add(ground.tally("device only, last exit", false, ground::deviceOnly));
    notes.add(ground.tally("edge only, last exit", false, ground::edgeOnly));
    notes.add(ground.shallower());
    return new Section(title, List.of(), notes);
  }

  private static UnaryPlan planner(Planner planner) {
    Planner knowing = LastExit.around(planner);
    return seen -> knowing.plan(seen).at(seen.server(1).link().up()).plan();
  }

  /** What a method does with what it sees. */
  @FunctionalInterface
  private interface UnaryPlan {
    Plan of(Observation seen);
  }

  /**
   * All rates and deadlines.
   *
   * @param truth by which frames run
   * @param sight of regressions
   */
  private record Ground(EdgentSetup truth, EdgentSetup sight) {
    String shown(double kbps, double deadline) {
      Plan plan = EDGENT.of(sight.observation(kbps, deadline));
      int all = plan.stages().stream().mapToInt(stage -> stage.layers().size()).sum() - 1;
      int edge =
          plan.stages().stream()
              .filter(stage -> stage.node() != Stage.DEVICE)
              .mapToInt(stage -> stage.layers().size())
              .sum();
      return "%d:%s%s"
          .formatted(
              exit(plan) + 1,
              edge == 0 ? "local" : edge + "/" + all,
              inTime(plan, truth.observation(kbps, deadline)) ? "" : "!");
    }

    /** How often a method is in time, and how deep its exits then are on average. */
    String tally(String name, boolean byRegression, UnaryPlan method) {
      int cells = 0;
      int met = 0;
      int depth = 0;
      for (double kbps : KBPS) {
        for (double ms : DEADLINES_MS) {
          Observation real = truth.observation(kbps, ms / 1e3);
          Plan plan = method.of(byRegression ? sight.observation(kbps, ms / 1e3) : real);
          cells++;
          if (inTime(plan, real)) {
            met++;
            depth += exit(plan) + 1;
          }
        }
      }
      return String.format(
          Locale.ROOT,
          "%-36s in time in %3d of %d cells, there at exit %.2f on average",
          name,
          met,
          cells,
          met == 0 ? 0 : (double) depth / met);
    }

    /** Whether a faster link or more time ever led to a shallower exit among cells in time. */
    String shallower() {
      int steps = 0;
      for (int rate = 0; rate < KBPS.length; rate++) {
        for (int time = 0; time < DEADLINES_MS.length; time++) {
          int here = exitInTime(rate, time);
          steps += rate > 0 && exitInTime(rate - 1, time) > here ? 1 : 0;
          steps += time > 0 && exitInTime(rate, time - 1) > here ? 1 : 0;
        }
      }
      return "Steps to a faster link or a later deadline that make the exit shallower: %d."
          .formatted(steps);
    }

    private int exitInTime(int rate, int time) {
      Observation real = truth.observation(KBPS[rate], DEADLINES_MS[time] / 1e3);
      Plan plan = EDGENT.of(real);
      return inTime(plan, real) ? exit(plan) : -1;
    }

    /** The deepest exit that the device reaches in time alone, else the first. */
    Plan rightSized(Observation seen) {
      for (int exit = truth.exits() - 1; exit > 0; exit--) {
        Plan plan = Plan.local(truth.graph(), truth.only(exit));
        if (inTime(plan, seen)) {
          return plan;
        }
      }
      return Plan.local(truth.graph(), truth.only(0));
    }

    Plan deviceOnly(Observation seen) {
      return Plan.local(seen.graph(), seen.exits());
    }

    Plan edgeOnly(Observation seen) {
      return Plan.split(seen.graph(), truth.only(truth.exits() - 1), LayerSet.of(0), 1);
    }

    private static int exit(Plan plan) {
      return plan.exits().orElseThrow().exits().get(0);
    }

    private static boolean inTime(Plan plan, Observation seen) {
      return CostModel.estimate(plan, seen).seconds() <= seen.demand().deadlineSeconds();
    }
  }
}
