package io.cleave.agents.frame;

import io.cleave.agents.dnn.Frontier;
import io.cleave.agents.link.ErrandEvent;
import io.cleave.agents.link.Links;
import io.cleave.agents.loop.Loop;
import io.cleave.agents.machine.Outcome;
import io.cleave.agents.machine.Run;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.graph.Tensor;
import io.cleave.transport.tensor.TensorValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jboss.logging.Logger;

/**
 * A frame's life, as the simulator's: stage by stage over the machines of its plan, its hedge
 * beside it, until the first answer; then the other is called off, wherever it is. A stage that
 * fails, is late, or whose server is gone makes the device carry on alone at once, from what it
 * holds. Owned by the loop.
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
      answer(frame, false);
      return;
    }
    Part part = frame.course().legs().get(frame.leg);
    if (part.server().isPresent()) {
      send(frame, part.server().get(), part.layers());
    } else if (part.hasWork()) {
      frame.run = Optional.of(run(frame, part.layers(), this::wayDone));
    } else {
      nextLeg(frame);
    }
  }

  private Run run(Frame frame, LayerSet layers, BiConsumer<Frame, Outcome> then) {
    return device.run(
        frame.request.arrivalSeconds(),
        layers,
        inputs(frame, layers),
        outcome -> then.accept(frame, outcome));
  }

  private List<TensorValue> inputs(Frame frame, LayerSet layers) {
    List<TensorValue> inputs = new ArrayList<>();
    for (Tensor wanted : Frontier.of(device.model().graph(), layers).inputs()) {
      inputs.add(frame.held.get(wanted.name()));
    }
    return inputs;
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
      frame.hold(finished.tensors());
      nextLeg(frame);
    } else {
      wayFailed(frame, why(outcome));
    }
  }

  private void send(Frame frame, String server, LayerSet layers) {
    if (!frame.handedOver) {
      frame.handedOver = true;
      armHedge(frame);
    }
    frame.errand =
        links.send(
            server,
            new Links.Stage(
                frame.number,
                frame.leg,
                layers,
                inputs(frame, layers),
                frame.course().entry().plan().codec(),
                frame.request.deadlineSeconds(),
                frame.lookup.uplinkBitsPerSecond()),
            event -> onErrand(frame, event));
    if (frame.errand.isEmpty()) {
      wayFailed(frame, server + " is gone");
    }
  }

  private void armHedge(Frame frame) {
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
      frame.hold(finished.tensors());
      answer(frame, true);
    } else if (frame.run.isEmpty() && frame.errand.isEmpty()) {
      fail(frame, why(outcome));
    } else {
      LOG.warnf("Frame %d cannot carry on alone: %s", frame.number, why(outcome));
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
      frame.hold(answered.tensors());
      nextLeg(frame);
    } else if (event instanceof ErrandEvent.Failed failed) {
      frame.count(failed.traffic());
      frame.errand = Optional.empty();
      wayFailed(frame, failed.why());
    }
  }

  /** The frame goes on without its plan. */
  private void wayFailed(Frame frame, String why) {
    counts.failedStages.incrementAndGet();
    LOG.debugf("Frame %d carries on alone: %s", frame.number, why);
    if (frame.course().rest().isEmpty() || (frame.alone && frame.rest.isEmpty())) {
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

  private void answer(Frame frame, boolean byRest) {
    double now = loop.now();
    if (byRest) {
      counts.hedgesWon.incrementAndGet();
      frame.ledger.alone(frame.request.arrivalSeconds(), now);
    }
    List<TensorValue> outputs = new ArrayList<>();
    for (int output : device.model().graph().outputs()) {
      outputs.add(frame.held.get(device.model().graph().tensor(output).name()));
    }
    frame.ended(byRest, now);
    end(frame, new Answer.Given(outputs, frame.record()));
  }

  private void end(Frame frame, Answer answer) {
    frame.done = true;
    frame.callOff();
    sink.ended(frame, answer);
    settle(frame);
  }

  /** What was called off on the device may still be running; what it cost is known afterwards. */
  private void settle(Frame frame) {
    if (frame.run.isEmpty() && frame.rest.isEmpty()) {
      sink.settled(frame);
    }
  }

  private static String why(Outcome outcome) {
    return outcome instanceof Outcome.Failed failed
        ? String.valueOf(failed.cause().getMessage())
        : "its work was called off";
  }
}
