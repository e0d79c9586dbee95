package io.cleave.agents.frame;

import io.cleave.agents.dnn.Frontier;
import io.cleave.agents.dnn.Gate;
import io.cleave.agents.dnn.Step;
import io.cleave.agents.link.ErrandEvent;
import io.cleave.agents.link.Links;
import io.cleave.agents.loop.Loop;
import io.cleave.agents.machine.Outcome;
import io.cleave.agents.machine.Run;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.graph.Tensor;
import io.cleave.transport.tensor.TensorValue;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * A frame's life, as the simulator's: leg by leg over the machines of its plan, its hedge beside
 * it, until the first answer, at whichever exit and on whichever machine; then the other is called
 * off, wherever it is. A leg that fails, is late, or whose server is gone makes the device carry on
 * alone at once, from what it holds. Owned by the loop.
 */
final class Journey {
  private static final Logger LOG = Logger.getLogger(Journey.class);

  private final Loop loop;
  private final DeviceRuns device;
  private final Links links;
  private final FrameSink sink;
  private final FrameCounts counts;

  /**
   * @param sink is told of each frame's end, and when nothing more is under way for it
   */
  Journey(Loop loop, DeviceRuns device, Links links, FrameSink sink, FrameCounts counts) {
    this.counts = counts;
    this.loop = loop;
    this.device = device;
    this.links = links;
    this.sink = sink;
  }

  void start(Frame frame) {
    advance(frame);
  }

  private void nextLeg(Frame frame) {
    frame.leg++;
    advance(frame);
  }

  private void advance(Frame frame) {
    if (frame.leg == frame.course().legs().size()) {
      answer(frame, Optional.empty(), false);
      return;
    }
    Leg leg = frame.course().legs().get(frame.leg);
    if (leg.shared()) {
      scatter(frame);
    } else if (leg.server().isPresent()) {
      send(frame, leg.server().get(), leg);
    } else if (leg.hasWork()) {
      frame.run = Optional.of(run(frame, leg.steps(), this::wayDone));
    } else {
      nextLeg(frame);
    }
  }

  private Run run(Frame frame, List<Step> steps, BiConsumer<Frame, Outcome> then) {
    return device.run(
        frame.request.arrivalSeconds(),
        steps,
        inputs(frame, Step.layers(steps)),
        outcome -> then.accept(frame, outcome));
  }

  private List<TensorValue> inputs(Frame frame, LayerSet layers) {
    return wanted(layers).map(frame.held::get).toList();
  }

  private Stream<String> wanted(LayerSet layers) {
    return Frontier.of(device.model().graph(), layers).inputs().stream().map(Tensor::name);
  }

  private void wayDone(Frame frame, Outcome outcome) {
    frame.run = Optional.empty();
    frame.ledger.deviceBusySeconds += outcome.times().computeSeconds();
    if (frame.done) {
      settle(frame);
      return;
    }
    frame.ledger.device(loop.now());
    if (outcome instanceof Outcome.Finished finished) {
      frame.ran(frame.course().legs().get(frame.leg).steps(), finished);
      through(frame, finished.tensors(), finished.left());
    } else {
      wayFailed(frame, outcome.why());
    }
  }

  /** A leg is done: the frame leaves where it was sure enough, or goes on. */
  private void through(Frame frame, List<TensorValue> tensors, Optional<Gate> left) {
    frame.hold(tensors);
    if (left.isPresent()) {
      answer(frame, left, false);
    } else {
      nextLeg(frame);
    }
  }

  /** Pieces go to several machines at the same time, and the frame goes on with what they make. */
  private void scatter(Frame frame) {
    armHedge(frame);
    Scatter scatter =
        new Scatter(
            new ScatterTools(loop, device, links, counts),
            frame,
            new ScatterListener(
                whole -> through(frame, List.of(whole), Optional.empty()),
                why -> wayFailed(frame, why),
                () -> settle(frame)));
    frame.enter(scatter);
    scatter.start();
  }

  private void send(Frame frame, String server, Leg leg) {
    armHedge(frame);
    frame.errand =
        links.send(
            server,
            new Links.Stage(
                frame.number,
                frame.leg,
                new Links.Work(leg.steps(), inputs(frame, leg.layers())),
                frame.course().entry().plan().codec(),
                frame.request.deadlineSeconds(),
                frame.lookup.uplinkBitsPerSecond()),
            event -> onErrand(frame, event));
    if (frame.errand.isEmpty()) {
      wayFailed(frame, server + " is gone");
    }
  }

  /** At the first hand-over. */
  private void armHedge(Frame frame) {
    if (frame.handedOver) {
      return;
    }
    frame.handedOver = true;
    double delay = frame.course().hedgeSeconds();
    if (delay == 0) {
      carryOn(frame);
    } else if (delay < Double.POSITIVE_INFINITY) {
      frame.at(loop.after(delay, () -> carryOn(frame)));
    }
    double deadline = frame.request.deadlineSeconds();
    if (deadline < Double.POSITIVE_INFINITY) {
      frame.at(loop.after(deadline - loop.now(), () -> late(frame)));
    }
  }

  /** An upload that still waits at the deadline is dropped; in any case the device carries on. */
  private void late(Frame frame) {
    if (frame.course().legs().get(frame.leg).shared()) {
      frame.scatter.ifPresent(Scatter::late);
      return;
    }
    if (frame.errand.isPresent() && frame.errand.get().waits()) {
      frame.errand.get().cancel();
      frame.errand = Optional.empty();
      counts.expired.incrementAndGet();
    }
    frame.rescued |= !frame.alone;
    carryOn(frame);
  }

  private void carryOn(Frame frame) {
    if (frame.done || frame.alone) {
      return;
    }
    frame.alone = true;
    counts.hedges.incrementAndGet();
    frame.rest = Optional.of(run(frame, frame.course().rest(), this::restDone));
  }

  private void restDone(Frame frame, Outcome outcome) {
    frame.rest = Optional.empty();
    frame.ledger.hedgeBusySeconds += outcome.times().computeSeconds();
    if (frame.done) {
      settle(frame);
    } else if (outcome instanceof Outcome.Finished finished) {
      frame.ran(frame.course().rest(), finished);
      frame.hold(finished.tensors());
      answer(frame, finished.left(), true);
    } else if (frame.run.isEmpty() && frame.errand.isEmpty()) {
      fail(frame, outcome.why());
    } else {
      LOG.warnf("Frame %d cannot carry on alone: %s", frame.number, outcome.why());
    }
  }

  private void onErrand(Frame frame, ErrandEvent event) {
    if (frame.done) {
      return;
    }
    if (event instanceof ErrandEvent.Crossed) {
      frame.ledger.crossed(loop.now());
    } else if (event instanceof ErrandEvent.Answered answered) {
      frame.count(answered.traffic());
      frame.errand = Optional.empty();
      frame.ledger.answered(answered.there(), answered.rttSeconds(), loop.now());
      served(frame, answered);
    } else if (event instanceof ErrandEvent.Failed failed) {
      frame.count(failed.traffic());
      frame.errand = Optional.empty();
      wayFailed(frame, failed.why());
    }
  }

  /** What a server says of exits is believed only as far as it can be. */
  private void served(Frame frame, ErrandEvent.Answered answered) {
    Leg leg = frame.course().legs().get(frame.leg);
    Optional<Gate> left = answered.exit().flatMap(leg::gate);
    boolean there =
        left.map(Gate::tensor)
            .map(exit -> answered.tensors().stream().anyMatch(t -> t.name().equals(exit)))
            .orElse(answered.exit().isEmpty() && !leg.endsAtExit());
    if (!there) {
      wayFailed(
          frame,
          "%s answers from the exit '%s', which is none of its own"
              .formatted(leg.server().orElse("device"), answered.exit().orElse("")));
      return;
    }
    frame.ran(leg.server(), Step.layersUntil(leg.steps(), left), answered.there().computeSeconds());
    through(frame, answered.tensors(), left);
  }

  /** The frame goes on without its plan. */
  private void wayFailed(Frame frame, String why) {
    counts.failedStages.incrementAndGet();
    LOG.debugf("Frame %d carries on alone: %s", frame.number, why);
    List<Step> rest = frame.course().rest();
    boolean able = !rest.isEmpty() && wanted(Step.layers(rest)).allMatch(frame.held::containsKey);
    if (!able || (frame.alone && frame.rest.isEmpty())) {
      fail(frame, why); // nothing else is left to try
      return;
    }
    frame.rescued |= !frame.alone;
    carryOn(frame);
  }

  private void fail(Frame frame, String why) {
    LOG.errorf("Frame %d cannot be run: %s", frame.number, why);
    end(frame, new Answer.Failed(why));
  }

  private void answer(Frame frame, Optional<Gate> left, boolean byRest) {
    double now = loop.now();
    if (byRest) {
      counts.hedgesWon.incrementAndGet();
      frame.ledger.alone(frame.request.arrivalSeconds(), now);
    }
    List<TensorValue> outputs =
        left.map(gate -> List.of(gate.tensor())).orElseGet(this::allOutputs).stream()
            .map(frame.held::get)
            .toList();
    OptionalInt exit = left.map(frame.course().exits()::number).orElse(OptionalInt.empty());
    frame.verdict = Verdict.of(outputs, exit);
    frame.ended(byRest, now);
    end(frame, new Answer.Given(outputs, frame.verdict, frame.pieces, frame.record()));
  }

  private List<String> allOutputs() {
    DnnGraph graph = device.model().graph();
    return graph.outputs().stream().map(output -> graph.tensor(output).name()).toList();
  }

  private void end(Frame frame, Answer answer) {
    frame.done = true;
    frame.callOff();
    sink.ended(frame, answer);
    settle(frame);
  }

  /** What was called off on the device may still be running; what it cost is known afterwards. */
  private void settle(Frame frame) {
    if (frame.done && !frame.settled && !frame.onDevice()) {
      frame.settled = true;
      sink.settled(frame);
    }
  }
}
