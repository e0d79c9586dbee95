package io.cleave.agents.frame;

import io.cleave.agents.dnn.Model;
import io.cleave.agents.dnn.Step;
import io.cleave.agents.loop.Loop;
import io.cleave.agents.machine.Machine;
import io.cleave.agents.machine.Outcome;
import io.cleave.agents.machine.Run;
import io.cleave.agents.machine.SliceRun;
import io.cleave.agents.machine.Work;
import io.cleave.agents.probe.MeasuredRuns;
import io.cleave.transport.tensor.TensorValue;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The device's own work on its machine; the oldest frame's goes first. Owned by the loop. */
final class DeviceRuns {
  private static final double NANOS = 1e9;

  /**
   * Who is later than this is late: less is what handing over between threads and machines takes.
   */
  private static final double LEAST_PATIENCE_SECONDS = 0.05;

  private final Loop loop;
  private final Machine machine;
  private final Model model;
  private final Courses courses;
  private final MeasuredRuns measured;
  private final Runnable whenIdle;
  private int underWay;

  /**
   * @param whenIdle called on the loop when the last run is through
   */
  DeviceRuns(Loop loop, Engine engine, Courses courses, MeasuredRuns measured, Runnable whenIdle) {
    this.loop = loop;
    this.machine = engine.machine();
    this.model = engine.model();
    this.courses = courses;
    this.measured = measured;
    this.whenIdle = whenIdle;
  }

  /** What the device computes with. */
  record Engine(Machine machine, Model model) {}

  Model model() {
    return model;
  }

  /** True if nothing of the device's own runs or waits to. */
  boolean isIdle() {
    return underWay == 0;
  }

  /** Seconds until new work would begin. */
  double queueSeconds() {
    return machine.queueSeconds();
  }

  /** What a step would take here, as slow as the machine is now. */
  double expectedSeconds(Step step) {
    return step.seconds(model.graph(), courses.times()) * measured.slowdown();
  }

  /** How long others are waited for who make these: as long as the device would take. */
  double patienceSeconds(Stream<Step> steps) {
    return Math.max(LEAST_PATIENCE_SECONDS, steps.mapToDouble(this::expectedSeconds).sum());
  }

  /** Hands steps in; what becomes of them is told on the loop. */
  Run run(
      double arrivalSeconds, List<Step> steps, List<TensorValue> inputs, Consumer<Outcome> then) {
    underWay++;
    long age = (long) ((loop.now() - arrivalSeconds) * NANOS);
    Run run = machine.submit(Work.of(machine.nanos() - age, new SliceRun(model, steps, inputs)));
    CompletionStage<Outcome> end = run.outcome();
    end.thenAccept(outcome -> loop.execute(() -> done(steps, outcome, then)));
    return run;
  }

  private void done(List<Step> steps, Outcome outcome, Consumer<Outcome> then) {
    underWay--;
    if (outcome instanceof Outcome.Finished finished) {
      measured.add(model.graph(), steps, finished.stepSeconds(), courses.times());
    }
    then.accept(outcome);
    if (underWay == 0) {
      whenIdle.run();
    }
  }
}
