package io.cleave.agents.infer;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.cleave.agents.frame.Answer;
import io.cleave.agents.frame.Verdict;
import io.cleave.transport.json.LayerRanges;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The JSON of an answer; what does not apply is left out.
 *
 * @param best the class that it names, from 0; absent if the network does not tell classes apart
 * @param confidence how sure it is, in 0..1; absent if the answer is not a number
 * @param exit at which the frame left, 1 for the network's first; absent if all outputs answered
 * @param latencyMs from the frame's arrival to its answer
 * @param parts what was run for it, the last of which gave the answer
 * @param outputs of the network; of a frame that left at an exit, that one's
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record Reply(
    @JsonProperty("class") OptionalInt best,
    Optional<Double> confidence,
    OptionalInt exit,
    double latencyMs,
    List<Part> parts,
    List<Outputs.Summary> outputs) {
  private static final double MS = 1e3;

  /**
   * @param where {@code device}, or the server's name
   * @param layers such as 0-12
   * @param ms that they took there
   */
  record Part(String where, String layers, double ms) {
    static Part of(Answer.Piece piece) {
      return new Part(
          piece.server().orElse("device"),
          LayerRanges.format(piece.layers()),
          MS * piece.seconds());
    }
  }

  static Reply of(Answer.Given given) {
    Optional<Verdict> verdict = given.verdict();
    return new Reply(
        verdict.map(said -> OptionalInt.of(said.best())).orElse(OptionalInt.empty()),
        verdict.map(Verdict::confidence).filter(Double::isFinite), // JSON has no other numbers
        verdict.map(Verdict::exit).orElse(OptionalInt.empty()),
        MS * given.record().latencySeconds(),
        given.pieces().stream().map(Part::of).toList(),
        Outputs.summaries(given.outputs()));
  }
}
