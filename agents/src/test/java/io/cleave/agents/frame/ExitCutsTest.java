package io.cleave.agents.frame;

import static org.assertj.core.api.Assertions.assertThat;

import io.cleave.agents.dnn.Floats;
import io.cleave.agents.dnn.Frontier;
import io.cleave.agents.dnn.Model;
import io.cleave.agents.dnn.ModelStore;
import io.cleave.agents.dnn.SliceLibrary;
import io.cleave.agents.dnn.SliceLimits;
import io.cleave.agents.dnn.Step;
import io.cleave.agents.machine.Machine;
import io.cleave.agents.machine.Outcome;
import io.cleave.agents.machine.Pace;
import io.cleave.agents.machine.SliceRun;
import io.cleave.agents.machine.Work;
import io.cleave.policies.answers.ExitRule;
import io.cleave.policies.answers.ExitSignal;
import io.cleave.policies.answers.Softmax;
import io.cleave.policies.cost.Estimate;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.PlanTable;
import io.cleave.policies.profile.DeviceClass;
import io.cleave.policies.wire.Decision;
import io.cleave.policies.wire.Reason;
import io.cleave.transport.tensor.TensorValue;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Case 8: wherever a network with exits is cut, a frame leaves at the exit that the whole network
 * on one machine would take, with the same answer; and what else is in a batch changes nothing.
 */
class ExitCutsTest {
  private static final int SAMPLES = 8;
  private static final int CLASSES = 10;
  private static final double WITHIN = 1e-5;

  @TempDir Path folder;

  /** What the whole network puts out to each sample of one batch. */
  private record Whole(List<TensorValue> samples, List<List<TensorValue>> answers) {}

  @ParameterizedTest
  @CsvSource({"lenet-exits, 10", "resnet20-exits, 40"})
  void everyFrameLeavesWhereTheWholeNetworkWould(String network, int leastCuts) {
    Model model = new ModelStore(folder).open("zoo:" + network, Map.of());
    try (SliceLibrary library = new SliceLibrary(new SliceLimits(1000, 1L << 30, 1));
        Machine machine = new Machine(Pace.NONE, library)) {
      Whole whole = whole(model, library);
      Set<Integer> taken = new HashSet<>();
      for (ExitRule rule : rules(whole)) {
        int cuts = 0;
        for (Course course : courses(model.graph(), rule)) {
          cuts++;
          for (int sample = 0; sample < SAMPLES; sample++) {
            int wanted = exitOf(rule, whole.answers().get(sample));
            taken.add(wanted);
            check(machine, model, course, whole, sample, wanted);
          }
        }
        assertThat(cuts).isGreaterThanOrEqualTo(leastCuts);
      }
      assertThat(taken).as("exits that samples leave at").hasSizeGreaterThanOrEqualTo(2);
    }
  }

  private static Whole whole(Model model, SliceLibrary library) {
    DnnGraph graph = model.graph();
    List<Long> shape = new ArrayList<>(graph.tensor(0).shape().dims());
    shape.set(0, (long) SAMPLES);
    TensorValue batch = Floats.noise(graph.tensor(0).name(), shape, 5);
    List<TensorValue> made = library.run(model, graph.all(), List.of(batch));
    List<TensorValue> samples = new ArrayList<>();
    List<List<TensorValue>> answers = new ArrayList<>();
    for (int i = 0; i < SAMPLES; i++) {
      int sample = i;
      samples.add(Floats.sample(batch, i));
      answers.add(
          graph.outputs().stream()
              .map(output -> named(made, graph.tensor(output).name()))
              .map(all -> Floats.sample(all, sample))
              .toList());
    }
    return new Whole(samples, answers);
  }

  /** Thresholds between the values of the samples, so that some leave and some go on. */
  private static List<ExitRule> rules(Whole whole) {
    int exits = whole.answers().get(0).size();
    List<Integer> all = IntStream.range(0, exits).boxed().toList();
    List<Integer> some = exits > 3 ? List.of(0, exits / 2, exits - 2) : List.of(0);
    List<ExitRule> rules = new ArrayList<>();
    for (ExitSignal signal : ExitSignal.values()) {
      for (double share : new double[] {0.1, 0.5}) {
        rules.add(new ExitRule(signal, CLASSES, all, thresholds(whole, all, signal, share)));
      }
    }
    rules.add(
        new ExitRule(
            ExitSignal.ENTROPY, CLASSES, some, thresholds(whole, some, ExitSignal.ENTROPY, 0.3)));
    return rules;
  }

  private static List<Double> thresholds(
      Whole whole, List<Integer> exits, ExitSignal signal, double share) {
    return exits.subList(0, exits.size() - 1).stream()
        .map(
            exit -> {
              double[] sorted =
                  whole.answers().stream()
                      .mapToDouble(outputs -> value(signal, outputs.get(exit)))
                      .sorted()
                      .toArray();
              int below = (int) (share * (SAMPLES - 1));
              return (sorted[below] + sorted[below + 1]) / 2;
            })
        .toList();
  }

  private static double value(ExitSignal signal, TensorValue logits) {
    float[] values = new float[CLASSES];
    logits.data().asFloatBuffer().get(values);
    Softmax softmax = Softmax.of(values, 0, CLASSES);
    return signal == ExitSignal.ENTROPY ? softmax.entropy() : softmax.confidence();
  }

  private static int exitOf(ExitRule rule, List<TensorValue> outputs) {
    int place = 0;
    while (!rule.leavesAt(place, value(rule.signal(), outputs.get(rule.exits().get(place))))) {
      place++;
    }
    return rule.exits().get(place);
  }

  /** All local, and every cut behind so many layers that a plan can have. */
  private static List<Course> courses(DnnGraph graph, ExitRule rule) {
    Courses courses = new Courses(graph, Optional.empty(), DeviceClass.RASPBERRY_PI_4B);
    List<Course> all = new ArrayList<>();
    for (int near = 1; near <= graph.size(); near++) {
      try {
        Plan plan = Plan.split(graph, rule, LayerSet.range(0, near), 1);
        all.addAll(courses.of(decision(plan)).values());
      } catch (IllegalArgumentException noPlan) {
        assertThat(noPlan).hasMessageContaining("behind an exit that the server makes");
      }
    }
    return all;
  }

  private static Decision decision(Plan plan) {
    return new Decision(
        "cam-1",
        1,
        List.of("edge-1"),
        PlanTable.constant(new PlanTable.Entry(plan, 0.01, 1000)),
        Instant.EPOCH,
        new Decision.Grounds(Reason.FOLLOWED, "", Estimate.ZERO));
  }

  private static void check(
      Machine machine, Model model, Course course, Whole whole, int sample, int wanted) {
    Map<String, TensorValue> held = new HashMap<>();
    TensorValue input = whole.samples().get(sample);
    held.put(input.name(), input);
    boolean left = false;
    for (Leg leg : course.legs()) {
      if (!left && leg.hasWork()) {
        if (leg.server().isPresent()) {
          checkLeft(run(machine, model, course.rest(), held), course, whole, sample, wanted);
        }
        Outcome.Finished run = run(machine, model, leg.steps(), held);
        run.tensors().forEach(tensor -> held.put(tensor.name(), tensor));
        left = run.left().isPresent();
        if (left) {
          checkLeft(run, course, whole, sample, wanted);
          int steps = leg.steps().indexOf(step(leg.steps(), run));
          assertThat(run.stepSeconds()).as("no step behind the exit").hasSize(steps + 1);
        }
      }
    }
    assertThat(left).isTrue();
  }

  private static Step step(List<Step> steps, Outcome.Finished run) {
    return steps.stream().filter(step -> step.gate().equals(run.left())).findFirst().orElseThrow();
  }

  private static void checkLeft(
      Outcome.Finished run, Course course, Whole whole, int sample, int wanted) {
    assertThat(course.exits().number(run.left().orElseThrow())).hasValue(wanted + 1);
    assertThat(run.tensors()).hasSize(1);
    assertThat(
            Floats.relativeDifference(
                whole.answers().get(sample).get(wanted), run.tensors().get(0)))
        .isLessThanOrEqualTo(WITHIN);
  }

  private static Outcome.Finished run(
      Machine machine, Model model, List<Step> steps, Map<String, TensorValue> held) {
    List<TensorValue> inputs =
        Frontier.of(model.graph(), Step.layers(steps)).inputs().stream()
            .map(wanted -> held.get(wanted.name()))
            .toList();
    SliceRun run = new SliceRun(model, steps, inputs);
    Outcome outcome = machine.submit(Work.of(machine.nanos(), run)).outcome().join();
    assertThat(outcome).isInstanceOf(Outcome.Finished.class);
    return (Outcome.Finished) outcome;
  }

  private static TensorValue named(List<TensorValue> tensors, String name) {
    return tensors.stream().filter(tensor -> tensor.name().equals(name)).findFirst().orElseThrow();
  }
}
