package io.cleave.agents.data;

import io.cleave.agents.settings.HostPort;
import io.cleave.agents.settings.SettingsException;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.pieces.Piece;
import io.cleave.transport.grpc.Round;
import io.cleave.transport.grpc.Rounds;
import io.cleave.transport.json.LayerRanges;
import io.cleave.transport.json.WireLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Rounds as messages of the protocol. */
final class RoundMessages {
  private RoundMessages() {}

  static Rounds of(InRounds made) {
    Rounds.Builder message = Rounds.newBuilder().setShare(made.share());
    for (int round = 0; round < made.layers().size(); round++) {
      Round.Builder one =
          Round.newBuilder().setLayers(LayerRanges.format(made.layers().get(round)));
      made.pieces().get(round).forEach(piece -> one.addPieces(StepMessages.of(piece)));
      message.addRounds(one);
    }
    made.machines().forEach(at -> message.addMachines(at.map(HostPort::toString).orElse("")));
    return message.build();
  }

  /**
   * Reads rounds.
   *
   * @throws IllegalArgumentException if there can be none like them
   */
  static InRounds of(Rounds message) {
    if (message.getMachinesCount() > WireLimits.PIECES
        || message.getRoundsCount() > InRounds.MOST_ROUNDS) {
      throw new IllegalArgumentException(
          "At most %d machines make a tensor in at most %d rounds, not %d in %d."
              .formatted(
                  WireLimits.PIECES,
                  InRounds.MOST_ROUNDS,
                  message.getMachinesCount(),
                  message.getRoundsCount()));
    }
    List<LayerSet> layers = new ArrayList<>();
    List<List<Piece>> pieces = new ArrayList<>();
    for (Round round : message.getRoundsList()) {
      layers.add(LayerRanges.parse(round.getLayers()));
      pieces.add(
          round.getPiecesList().stream()
              .limit(WireLimits.PIECES + 1)
              .map(StepMessages::piece)
              .toList());
    }
    List<Optional<HostPort>> machines =
        message.getMachinesList().stream().map(RoundMessages::machine).toList();
    return new InRounds(layers, pieces, machines, message.getShare());
  }

  private static Optional<HostPort> machine(String at) {
    try {
      return at.isEmpty() ? Optional.empty() : Optional.of(HostPort.parse(at));
    } catch (SettingsException none) {
      throw new IllegalArgumentException(
          "A machine is reached at host:port, not at %s.".formatted(Messages.quote(at)), none);
    }
  }
}
