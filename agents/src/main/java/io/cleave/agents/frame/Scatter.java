package io.cleave.agents.frame;

import io.cleave.agents.dnn.Step;
import io.cleave.agents.link.Errand;
import io.cleave.agents.link.ErrandEvent;
import io.cleave.agents.loop.Loop;
import io.cleave.agents.machine.Outcome;
import io.cleave.agents.machine.Run;
import io.cleave.transport.tensor.TensorValue;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The shared leg that a frame is in: its pieces are handed out, each machine with the part of the
 * input that its piece needs, and joined when all are there. Owned by the loop.
 *
 * <p>Pieces that are stolen lie in one line: whoever is through with one takes the next. Of a tile
 * of a checkerboard the neighbours may not all be back then, or be lost for now: it is made with
 * all its halo, as any other. What tiles hand on is kept here, as by the gateway of DeepThings.
 *
 * <p>A piece whose helper fails is made by the device at once. A piece that is missing when the
 * device has nothing else to do is waited for as long as the device would need to make it, and then
 * made by the device as well, whichever is first: so waiting for a helper at most doubles what
 * making the missing pieces takes (the rule for renting skis). A helper that fails or is late is
 * asked for no other piece of the frame.
 *
 * <p>What is made in {@link OwnRounds rounds} needs all of its machines: if one is lost or late,
 * the device makes all of it in one go.
 *
 * <p>Where the plan takes zeros for what is missing, all this goes on until that time; then
 * helpers' pieces that are not there are zeros. Its own pieces the device makes in any case.
 */
final class Scatter {
  private final ScatterTools tools;
  private final Frame frame;
  private final Leg leg;
  private final ScatterListener listener;
  private final PieceTensors tensors;
  private final Deque<Portion> line = new ArrayDeque<>(); // of pieces that nobody has taken
  private final Map<Portion, String> asked = new LinkedHashMap<>(); // the helper that has it
  private final Map<Portion, TensorValue> made = new LinkedHashMap<>();
  private final Map<Portion, Errand> errands = new LinkedHashMap<>();
  private final Map<Portion, Double> crossed = new LinkedHashMap<>(); // when its upload was across
  private final Map<Portion, Run> runs = new LinkedHashMap<>(); // on the device, under way
  private final Optional<OwnRounds> rounds; // if the leg is made so
  private final PieceOrders orders;
  private Loop.Timer patience = () -> {};
  private boolean over;

  Scatter(ScatterTools tools, Frame frame, ScatterListener listener) {
    this.tools = tools;
    this.frame = frame;
    this.leg = frame.course().legs().get(frame.leg);
    this.listener = listener;
    this.tensors = new PieceTensors(tools.device().model().graph(), frame.held);
    this.rounds = leg.rounds().map(any -> new OwnRounds(this, tools, frame, tensors));
    this.orders = new PieceOrders(tools.links(), frame, tensors, rounds);
  }

  /** Hands pieces out; helpers' first, so that they are under way while the device works. */
  void start() {
    if (leg.takesZeros()) {
      frame.at(tools.loop().after(leg.zerosAfterSeconds(), this::takeZeros));
    }
    if (leg.stolen()) {
      line.addAll(leg.portions());
      leg.servers().distinct().forEach(this::takeNext);
    } else if (rounds.isPresent() && !leg.servers().allMatch(this::trusted)) {
      makeAll();
    } else {
      leg.portions().stream()
          .filter(portion -> portion.server().filter(this::trusted).isPresent())
          .forEach(portion -> send(portion, portion.server().orElseThrow()));
      rounds.filter(any -> !over && runs.isEmpty()).ifPresent(OwnRounds::start);
      missing().stream()
          .filter(p -> rounds.isEmpty() && !errands.containsKey(p) && !runs.containsKey(p))
          .forEach(this::make);
    }
    makeNext();
  }

  private boolean trusted(String server) {
    return !frame.slack.contains(server);
  }

  /** A helper that has nothing to do takes the next piece. */
  private void takeNext(String server) {
    if (!over && trusted(server) && !line.isEmpty()) {
      send(line.remove(), server);
    }
  }

  /** The device takes the next piece if it has nothing to do, or waits if there is none. */
  private void makeNext() {
    if (over || busy()) {
      return;
    }
    if (line.isEmpty()) {
      beginToWait();
    } else {
      make(line.remove());
    }
  }

  /** No piece is wanted any more. */
  void cancel() {
    over = true;
    errands.values().forEach(errand -> frame.count(errand.cancel()));
    errands.clear();
    rounds.ifPresent(OwnRounds::cancel);
    runs.values().forEach(Run::cancel);
  }

  /** True if the device still works on a piece. */
  boolean busy() {
    return !runs.isEmpty() || rounds.filter(OwnRounds::busy).isPresent();
  }

  /** The frame's deadline has come: nobody is waited for any longer. */
  void late() {
    if (leg.takesZeros()) {
      takeZeros();
    } else {
      makeMissing();
    }
  }

  /** What helpers have not given back is zeros. */
  private void takeZeros() {
    for (Portion portion : missing()) {
      Optional<String> helper = portion.server();
      if (helper.isPresent()) {
        frame.slack.add(helper.get());
        frame.zeros++;
        tools.counts().zeros.incrementAndGet();
        Optional.ofNullable(runs.get(portion)).ifPresent(Run::cancel);
        frame.ledger.device(tools.loop().now());
        arrived(portion, List.of(tensors.zeros(tensors.way(portion))));
      }
    }
  }

  /** The device makes what is missing, and waits no longer. */
  private void makeMissing() {
    missing()
        .forEach(portion -> Optional.ofNullable(asked.get(portion)).ifPresent(frame.slack::add));
    line.clear();
    makeAll();
  }

  private List<Portion> missing() {
    return over
        ? List.of()
        : leg.portions().stream().filter(portion -> !made.containsKey(portion)).toList();
  }

  private void send(Portion portion, String server) {
    asked.put(portion, server);
    Optional<Errand> errand = orders.send(portion, server, event -> heard(portion, event));
    errand.ifPresentOrElse(sent -> errands.put(portion, sent), () -> lost(portion));
  }

  /** In one go. */
  private void make(Portion portion) {
    Step way = tensors.way(portion);
    double arrival = frame.request.arrivalSeconds();
    Consumer<Outcome> then = outcome -> made(portion, outcome);
    runs.put(portion, tools.device().run(arrival, List.of(way), tensors.inputs(way), then));
  }

  private void lost(Portion portion) {
    tools.counts().failedStages.incrementAndGet();
    frame.slack.add(Optional.ofNullable(asked.get(portion)).orElseThrow());
    if (rounds.isPresent()) {
      makeAll();
    } else if (!runs.containsKey(portion)) {
      make(portion);
    }
  }

  /** One of those who make the leg in rounds is lost, and with it what the others need. */
  void lostInRounds(Optional<String> server) {
    if (!over) {
      tools.counts().failedStages.incrementAndGet();
      server.ifPresent(frame.slack::add);
      makeAll();
    }
  }

  /** The device makes what is missing; of rounds all, and those of its own are of no use then. */
  private void makeAll() {
    rounds.ifPresent(OwnRounds::giveUp);
    ways().filter(portion -> !runs.containsKey(portion)).toList().forEach(this::make);
  }

  /** How the device would make what is missing. */
  private Stream<Portion> ways() {
    List<Portion> missing = missing();
    return rounds.isEmpty() || missing.isEmpty() ? missing.stream() : Stream.of(leg.whole());
  }

  /** The device has something to do: while it has, nobody is late. */
  void waitNoLonger() {
    patience.cancel();
  }

  private void made(Portion portion, Outcome outcome) {
    runs.remove(portion);
    frame.ledger.deviceBusySeconds += outcome.times().computeSeconds();
    if (outcome instanceof Outcome.Finished finished) {
      here(portion, finished.tensors(), outcome.times().computeSeconds());
    } else if (!over && !made.containsKey(portion) && !errands.containsKey(portion)) {
      over = true;
      listener.failed().accept(outcome.why());
    }
    through();
  }

  /** The device has made a piece, in one go or in rounds. */
  void here(Portion portion, List<TensorValue> tensor, double computeSeconds) {
    if (!over && !made.containsKey(portion)) {
      frame.ran(Optional.empty(), portion.step().layers(), computeSeconds);
      if (whole(portion) || made.size() + 1 == leg.portions().size()) {
        frame.ledger.device(tools.loop().now());
      }
      arrived(portion, tensor);
    }
  }

  /** The device has nothing to do for a moment. */
  void through() {
    makeNext();
    listener.deviceFree().run();
  }

  private void beginToWait() {
    if (!missing().isEmpty()) {
      double seconds = tools.device().patienceSeconds(ways().map(tensors::way));
      patience = tools.loop().after(seconds, this::makeMissing);
      frame.at(patience);
    }
  }

  private void heard(Portion portion, ErrandEvent event) {
    if (over || made.containsKey(portion)) {
      return;
    }
    if (event instanceof ErrandEvent.Crossed) {
      crossed.put(portion, tools.loop().now());
    } else if (event instanceof ErrandEvent.Answered answered) {
      errands.remove(portion);
      frame.count(answered.traffic());
      answered(portion, answered);
    } else if (event instanceof ErrandEvent.Failed failed) {
      errands.remove(portion);
      frame.count(failed.traffic());
      lost(portion);
    }
  }

  /** What a helper answers is believed only if it is the piece that was asked for. */
  private void answered(Portion portion, ErrandEvent.Answered answered) {
    if (!tensors.fit(tensors.way(portion), answered.tensors())) {
      lost(portion);
      return;
    }
    double now = tools.loop().now();
    String server = Optional.ofNullable(asked.get(portion)).orElseThrow();
    frame.ran(Optional.of(server), portion.step().layers(), answered.there().computeSeconds());
    Optional.ofNullable(runs.get(portion)).ifPresent(Run::cancel);
    frame.ledger.crossed(crossed.getOrDefault(portion, now));
    if (made.size() + 1 == leg.portions().size()) {
      frame.ledger.answered(answered.there(), answered.rttSeconds(), now);
    }
    arrived(portion, answered.tensors());
    takeNext(server);
  }

  private void arrived(Portion portion, List<TensorValue> answer) {
    made.put(portion, tensors.taken(answer));
    tools.counts().reuses.addAndGet(tensors.reuses(portion) ? 1 : 0);
    Optional.ofNullable(errands.remove(portion)).ifPresent(errand -> frame.count(errand.cancel()));
    if (whole(portion) || missing().isEmpty()) {
      List<Portion> all = whole(portion) ? List.of(portion) : leg.portions();
      cancel();
      listener.joined().accept(PieceTensors.joined(all, made));
    }
  }

  private boolean whole(Portion portion) {
    return portion.place() == leg.portions().size();
  }
}
