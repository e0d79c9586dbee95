package io.cleave.agents.frame;

import io.cleave.agents.dnn.Step;
import io.cleave.agents.link.Errand;
import io.cleave.agents.link.ErrandEvent;
import io.cleave.agents.link.Links;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Asks helpers for pieces of a frame's leg. Owned by the loop.
 *
 * @param rounds in which the leg is made, if it is
 */
record PieceOrders(Links links, Frame frame, PieceTensors tensors, Optional<OwnRounds> rounds) {
  /** Empty if the helper is gone, or another that it would need. */
  Optional<Errand> send(Portion portion, String server, Consumer<ErrandEvent> listener) {
    return work(portion)
        .flatMap(
            work ->
                links.send(
                    server,
                    new Links.Stage(
                        frame.number,
                        portion.number(frame.leg),
                        work,
                        frame.course().entry().plan().codec(),
                        frame.request.deadlineSeconds(),
                        frame.lookup.uplinkBitsPerSecond()),
                    listener));
  }

  private Optional<Links.Work> work(Portion portion) {
    if (rounds.isPresent()) {
      return rounds.get().order(portion);
    }
    Step way = tensors.way(portion);
    return Optional.of(new Links.Work(List.of(way), tensors.inputs(way)));
  }
}
