package io.cleave.agents.frame;

import io.cleave.agents.data.HandOver;
import io.cleave.agents.data.InRounds;
import io.cleave.agents.dnn.RoundParts;
import io.cleave.agents.dnn.Step;
import io.cleave.agents.link.Errand;
import io.cleave.agents.link.ErrandEvent;
import io.cleave.agents.link.Links;
import io.cleave.agents.machine.Outcome;
import io.cleave.agents.machine.Run;
import io.cleave.agents.settings.HostPort;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.pieces.Piece;
import io.cleave.policies.pieces.Rounds;
import io.cleave.transport.tensor.TensorValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The device's side of a leg that is made in rounds: its own piece, if it makes one, and what it
 * and its helpers hand each other. Nobody can call the device: it brings helpers what they are to
 * be handed, and asks them for what it needs. What helpers hand each other goes between them. Owned
 * by the loop.
 */
final class OwnRounds {
  private final Scatter scatter;
  private final ScatterTools tools;
  private final Frame frame;
  private final Leg leg;
  private final PieceTensors tensors;
  private final Rounds rounds;
  private final Optional<Portion> own;
  private final Map<Rounds.Halo, TensorValue> handed = new LinkedHashMap<>();
  private final Map<HandOver, Errand> errands = new LinkedHashMap<>();
  private Optional<Run> run = Optional.empty();
  private Optional<TensorValue> kept = Optional.empty(); // of the round before
  private int round;
  private double computeSeconds;
  private boolean over;

  /**
   * @param scatter that is told, on the loop, what becomes of the device's piece
   */
  OwnRounds(Scatter scatter, ScatterTools tools, Frame frame, PieceTensors tensors) {
    this.scatter = scatter;
    this.tools = tools;
    this.frame = frame;
    this.leg = frame.course().legs().get(frame.leg);
    this.tensors = tensors;
    this.rounds = leg.rounds().orElseThrow();
    this.own = leg.portions().stream().filter(each -> each.server().isEmpty()).findFirst();
  }

  /** What a helper is to do; empty if one of the helpers is not there. */
  Optional<Links.Work> order(Portion portion) {
    List<Optional<HostPort>> machines = new ArrayList<>();
    for (Portion each : leg.portions()) {
      Optional<HostPort> at = each.server().flatMap(tools.links()::address);
      if (each.server().isPresent() && at.isEmpty()) {
        return Optional.empty();
      }
      machines.add(at);
    }
    List<LayerSet> layers = new ArrayList<>();
    List<List<Piece>> pieces = new ArrayList<>();
    for (int each = 0; each < rounds.count(); each++) {
      int one = each;
      layers.add(rounds.layers(one));
      pieces.add(leg.portions().stream().map(p -> rounds.piece(one, p.place())).toList());
    }
    InRounds made = new InRounds(layers, pieces, machines, portion.place());
    Step first = parts(portion).step(0);
    return Optional.of(
        new Links.Work(
            List.of(portion.step()), tensors.inputs(first), Optional.of(made), Optional.empty()));
  }

  private RoundParts parts(Portion portion) {
    return new RoundParts(tools.device().model().graph(), rounds, portion.place());
  }

  /** The device begins its own piece, and asks for all that it needs for it. */
  void start() {
    if (own.isPresent()) {
      RoundParts mine = parts(own.get());
      for (int next = 1; next < rounds.count(); next++) {
        mine.awaited(next).forEach(this::ask);
      }
      run(List.copyOf(tensors.inputs(mine.step(0))));
    }
  }

  private void ask(Rounds.Halo halo) {
    Portion giver = leg.portions().get(halo.from());
    send(giver, halo, List.of(), event -> answered(giver, halo, event));
  }

  private void answered(Portion giver, Rounds.Halo halo, ErrandEvent.Answered event) {
    if (event.tensors().size() == 1) {
      handed.put(halo, event.tensors().get(0));
      goOn();
    } else {
      scatter.lostInRounds(giver.server());
    }
  }

  private void send(
      Portion helper,
      Rounds.Halo halo,
      List<TensorValue> parts,
      Consumer<ErrandEvent.Answered> answered) {
    String server = helper.server().orElseThrow();
    HandOver handOver = new HandOver(halo.round(), halo.from(), halo.to());
    Optional<Errand> errand =
        tools
            .links()
            .send(
                server,
                new Links.Stage(
                    frame.number,
                    helper.number(frame.leg),
                    new Links.Work(
                        List.of(helper.step()), parts, Optional.empty(), Optional.of(handOver)),
                    frame.course().entry().plan().codec(),
                    frame.request.deadlineSeconds(),
                    frame.lookup.uplinkBitsPerSecond()),
                event -> heard(helper, handOver, event, answered));
    if (errand.isPresent()) {
      errands.put(handOver, errand.get());
    } else if (!over) {
      scatter.lostInRounds(helper.server());
    }
  }

  private void heard(
      Portion helper,
      HandOver handOver,
      ErrandEvent event,
      Consumer<ErrandEvent.Answered> answered) {
    if (event instanceof ErrandEvent.Answered done) {
      errands.remove(handOver);
      frame.count(done.traffic());
      if (!over) {
        answered.accept(done);
      }
    } else if (event instanceof ErrandEvent.Failed failed) {
      errands.remove(handOver);
      frame.count(failed.traffic());
      if (!over) {
        scatter.lostInRounds(helper.server());
      }
    }
  }

  private void run(List<TensorValue> inputs) {
    scatter.waitNoLonger();
    run =
        Optional.of(
            tools
                .device()
                .run(
                    frame.request.arrivalSeconds(),
                    List.of(parts(own.orElseThrow()).step(round)),
                    inputs,
                    this::through));
  }

  private void through(Outcome outcome) {
    run = Optional.empty();
    frame.ledger.deviceBusySeconds += outcome.times().computeSeconds();
    computeSeconds += outcome.times().computeSeconds();
    if (!over && outcome instanceof Outcome.Finished finished) {
      TensorValue piece = finished.tensors().get(0);
      kept = Optional.of(piece);
      if (round == rounds.count() - 1) {
        over = true;
        scatter.here(own.orElseThrow(), List.of(piece), computeSeconds);
      } else {
        handOver(piece);
      }
    } else if (!over) {
      scatter.lostInRounds(Optional.empty());
    }
    scatter.through();
  }

  private void handOver(TensorValue piece) {
    RoundParts mine = parts(own.orElseThrow());
    int made = round;
    round++;
    for (Rounds.Halo halo : mine.given(made)) {
      if (!over) {
        Portion taker = leg.portions().get(halo.to());
        send(taker, halo, List.of(mine.part(halo, piece)), taken -> {});
      }
    }
    goOn();
  }

  /** The next round begins if all of it is there and the one before is made. */
  private void goOn() {
    if (over || run.isPresent() || kept.isEmpty()) {
      return;
    }
    RoundParts mine = parts(own.orElseThrow());
    Map<Rounds.Halo, TensorValue> all = new LinkedHashMap<>();
    for (Rounds.Halo halo : mine.awaited(round)) {
      TensorValue part = handed.get(halo);
      if (part == null) {
        return;
      }
      if (!mine.fits(halo, part, kept.get().shape().get(0))) {
        scatter.lostInRounds(leg.portions().get(halo.from()).server());
        return;
      }
      all.put(halo, part);
    }
    all.keySet().forEach(handed::remove);
    run(List.of(mine.input(round, kept.get(), all)));
  }

  /** True if the device works on a round. */
  boolean busy() {
    return run.isPresent();
  }

  /** The device's own piece is of no use any more, made in rounds; helpers still need theirs. */
  void giveUp() {
    over = true;
    run.ifPresent(Run::cancel);
  }

  /** Nothing is handed over any more. */
  void cancel() {
    giveUp();
    errands.values().forEach(errand -> frame.count(errand.cancel()));
    errands.clear();
  }
}
