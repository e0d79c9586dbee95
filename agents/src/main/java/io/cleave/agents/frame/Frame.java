package io.cleave.agents.frame;

import io.cleave.agents.dnn.Step;
import io.cleave.agents.link.Errand;
import io.cleave.agents.link.Traffic;
import io.cleave.agents.loop.Loop;
import io.cleave.agents.machine.Outcome;
import io.cleave.agents.machine.Run;
import io.cleave.policies.graph.LayerSet;
import io.cleave.transport.tensor.TensorValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;

/** One frame on its way: what it holds and where it is. Owned by the loop. */
final class Frame {
  final Request request;
  final long number;
  final Lookup lookup;
  final Ledger ledger;
  final Map<String, TensorValue> held = new HashMap<>(); // on the device, by name
  int leg;
  boolean handedOver;
  boolean alone; // the device carries on, beside the way or instead of it
  boolean rescued; // since a stage failed or was late, not by the plan's hedge
  boolean done;
  boolean settled; // done, and nothing runs for it any more
  private boolean byRest;
  private double endSeconds = Double.NaN;
  Optional<Run> run = Optional.empty(); // of the way, on the device
  Optional<Run> rest = Optional.empty();
  Optional<Errand> errand = Optional.empty();
  Optional<Scatter> scatter = Optional.empty(); // the shared leg that it is in, or was in last
  final Set<String> slack = new HashSet<>(); // helpers that failed or were late with a piece
  private final List<Scatter> scattered = new ArrayList<>(); // all of them
  Optional<Verdict> verdict = Optional.empty();
  final List<Answer.Piece> pieces = new ArrayList<>(); // run for it so far
  int zeros; // pieces that did not come in time and are taken for zeros
  private final List<Loop.Timer> timers = new ArrayList<>();

  /**
   * What came in.
   *
   * @param arrivalSeconds on the loop's clock
   * @param deadlineSeconds on the loop's clock; infinite for none
   * @param inputs of the network
   * @param label the class that they show, if that is known
   * @param sink is told what became of it, on the loop
   */
  record Request(
      double arrivalSeconds,
      double deadlineSeconds,
      List<TensorValue> inputs,
      OptionalInt label,
      Consumer<Answer> sink) {}

  Frame(Request request, long number, Lookup lookup) {
    this.request = request;
    this.number = number;
    this.lookup = lookup;
    this.ledger = new Ledger(request.arrivalSeconds());
    hold(request.inputs());
  }

  Course course() {
    return lookup.course();
  }

  void hold(List<TensorValue> tensors) {
    tensors.forEach(tensor -> held.put(tensor.name(), tensor));
  }

  /** The frame enters a shared leg. */
  void enter(Scatter next) {
    scatter = Optional.of(next);
    scattered.add(next);
  }

  /** True if the device still works for it, wanted or not. */
  boolean onDevice() {
    return run.isPresent() || rest.isPresent() || scattered.stream().anyMatch(Scatter::busy);
  }

  void at(Loop.Timer timer) {
    timers.add(timer);
  }

  /** Steps are through on the device, as far as the frame went. */
  void ran(List<Step> steps, Outcome.Finished finished) {
    LayerSet layers = Step.layersUntil(steps, finished.left());
    ran(Optional.empty(), layers, finished.times().computeSeconds());
  }

  /** Layers are through, on a server or on the device. */
  void ran(Optional<String> server, LayerSet layers, double seconds) {
    pieces.add(new Answer.Piece(server, layers, seconds));
  }

  /** An errand moved so much, whatever became of it. */
  void count(Traffic traffic) {
    ledger.uplinkBytes += traffic.upBytes();
    ledger.downlinkBytes += traffic.downBytes();
  }

  /** Whatever is still under way for it is not needed any more. */
  void callOff() {
    timers.forEach(Loop.Timer::cancel);
    run.ifPresent(Run::cancel);
    rest.ifPresent(Run::cancel);
    errand.ifPresent(errand -> count(errand.cancel()));
    errand = Optional.empty();
    scattered.forEach(Scatter::cancel);
  }

  /** The answer is there, by the device alone or by the plan's way. */
  void ended(boolean alone, double now) {
    byRest = alone;
    endSeconds = now;
  }

  /** True if it came to an answer, by whichever way. */
  boolean answered() {
    return !Double.isNaN(endSeconds);
  }

  private FrameRecord.Told told() {
    Optional<Boolean> right =
        request.label().isEmpty()
            ? Optional.empty()
            : verdict.map(said -> said.best() == request.label().getAsInt());
    return new FrameRecord.Told(
        verdict.map(Verdict::exit).orElse(OptionalInt.empty()), right, zeros);
  }

  /** How it went, as far as is known. */
  FrameRecord record() {
    return new FrameRecord(
        number,
        request.arrivalSeconds(),
        endSeconds - request.arrivalSeconds(),
        FrameRecord.How.of(lookup),
        byRest,
        byRest && rescued,
        endSeconds > request.deadlineSeconds(),
        ledger.parts(),
        told());
  }
}
