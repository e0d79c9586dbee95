package io.cleave.agents.frame;

import io.cleave.agents.dnn.Gate;
import io.cleave.agents.dnn.Step;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.graph.Span;
import io.cleave.policies.pieces.Piece;
import io.cleave.policies.pieces.Rounds;
import io.cleave.policies.pieces.Strip;
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

  /**
   * All that a leg in rounds makes, as one piece of the device's: with a machine that fails the
   * others' pieces come to nothing, and all of it takes less than piece by piece.
   */
  Portion whole() {
    List<Piece> pieces =
        portions.stream().map(portion -> portion.step().piece().orElseThrow()).toList();
    List<Strip> strips =
        pieces.get(0).strips().stream()
            .map(strip -> new Strip(strip.axis(), new Span(0, end(pieces, strip.axis()))))
            .toList();
    Piece all = new Piece(strips, Piece.Kind.PART, Optional.empty());
    return new Portion(Optional.empty(), Step.piece(layers(), all), portions.size());
  }

  private static long end(List<Piece> pieces, int axis) {
    return pieces.stream()
        .mapToLong(piece -> piece.along(axis).orElseThrow().to())
        .max()
        .orElseThrow();
  }

  /** What must be ready where if nothing fails. */
  Stream<Part> parts() {
    if (rounds.isPresent()) {
      return portions.stream().flatMap(this::ofRounds);
    }
    return shared()
        ? portions.stream().flatMap(portion -> makers(portion).flatMap(portion::parts))
        : steps.stream().map(step -> Part.of(server, step));
  }

  /** What must be ready here, should a helper fail. */
  Stream<Part> spares() {
    Stream<Portion> spares = rounds.isPresent() ? Stream.of(whole()) : portions.stream();
    return spares.flatMap(portion -> portion.parts(Optional.empty()));
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
    return stolen() ? servers().distinct().map(Optional::of) : Stream.of(portion.server());
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
