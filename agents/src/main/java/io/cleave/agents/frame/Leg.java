package io.cleave.agents.frame;

import io.cleave.agents.dnn.Gate;
import io.cleave.agents.dnn.Step;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.pieces.Rounds;
import io.cleave.policies.plan.Handout;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What one machine does for a frame without a transfer in between, or several do at the same time.
 *
 * @param server its name; absent on the device itself
 * @param steps one after the other, until the frame leaves at an exit
 * @param portions who makes which piece, in their order, if the leg is shared; else empty
 * @param handout when each gets them; without meaning if there are none
 * @param zerosAfterSeconds from its beginning, when helpers' portions that are missing are taken
 *     for zeros; infinite if they are made here instead
 * @param rounds in which the portions are made; empty for in one go
 */
record Leg(
    Optional<String> server,
    List<Step> steps,
    List<Portion> portions,
    Handout handout,
    double zerosAfterSeconds,
    Optional<Rounds> rounds) {
  /** What the loss of more costs an answer has not been measured. */
  private static final int MOST_AWAY = 1;

  Leg {
    steps = List.copyOf(steps);
    portions = List.copyOf(portions);
  }

  /** What one machine does. */
  Leg(Optional<String> server, List<Step> steps) {
    this(server, steps, List.of(), Handout.ASSIGNED, Double.POSITIVE_INFINITY, Optional.empty());
  }

  boolean shared() {
    return !portions.isEmpty();
  }

  /** True if who has nothing to do takes the next piece. */
  boolean stolen() {
    return handout == Handout.STOLEN;
  }

  /** True if zeros may stand for what a helper does not give back in time. */
  boolean takesZeros() {
    return zerosAfterSeconds < Double.POSITIVE_INFINITY;
  }

  /** True if it can be run without these servers. */
  boolean bears(Set<String> away) {
    long missing = servers().distinct().filter(away::contains).count();
    return missing <= (takesZeros() ? MOST_AWAY : 0);
  }

  /** The servers that it has work for. */
  Stream<String> servers() {
    return Stream.concat(
        server.stream(), portions.stream().flatMap(portion -> portion.server().stream()));
  }

  /** What must be ready where; of a piece also here, should its helper fail. */
  Stream<Part> parts() {
    return shared()
        ? Stream.concat(
            portions.stream()
                .flatMap(portion -> makers(portion).distinct().flatMap(portion::parts)),
            portions.stream().flatMap(this::ofRounds))
        : steps.stream().map(step -> Part.of(server, step));
  }

  /** What its machine must have ready to make a piece round by round. */
  private Stream<Part> ofRounds(Portion portion) {
    return rounds.stream()
        .flatMap(
            made ->
                IntStream.range(0, made.count())
                    .mapToObj(
                        round ->
                            Step.piece(made.layers(round), made.piece(round, portion.place()))))
        .map(step -> Part.of(portion.server(), step));
  }

  /** Who may come to make a piece in one go. */
  private Stream<Optional<String>> makers(Portion portion) {
    Stream<Optional<String>> here = Stream.of(Optional.empty());
    if (rounds.isPresent()) {
      return here;
    }
    return Stream.concat(
        here, stolen() ? servers().map(Optional::of) : Stream.of(portion.server()));
  }

  /** Its machines, as people read them, each with its piece if they share it. */
  String where() {
    return shared()
        ? portions.stream().map(Portion::where).collect(Collectors.joining("+"))
        : server.orElse("device");
  }

  LayerSet layers() {
    return Step.layers(steps);
  }

  boolean hasWork() {
    return steps.stream().anyMatch(Step::hasWork);
  }

  /** The exit whose answer is this tensor; empty if no step makes it. */
  Optional<Gate> gate(String tensor) {
    return steps.stream()
        .flatMap(step -> step.gate().stream())
        .filter(gate -> gate.tensor().equals(tensor))
        .findFirst();
  }

  /** True if no frame goes on from here. */
  boolean endsAtExit() {
    return steps.get(steps.size() - 1).gate().filter(g -> g.threshold().isEmpty()).isPresent();
  }
}
