package io.cleave.controller.api;

import io.cleave.policies.pieces.Piece.Kind;
import io.cleave.policies.plan.Handout;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.Precision;
import io.cleave.policies.plan.Sharing;
import io.cleave.policies.plan.Stage;
import io.cleave.transport.json.LayerRanges;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Layers that one machine runs in one go, or several share.
 *
 * @param node {@code device}, or a server's name; of a shared stage all, with {@code +} between
 * @param layers like 0-12,15
 * @param pieces of a shared stage, in the order in which they are begun; else none
 * @param stolen true if whoever is free takes the next piece
 * @param kind of the pieces: {@code PART} of what the layers make, {@code SUMMAND}, of what the
 *     last of the layers reads, a part made {@code APART}, with zeros around it, or a {@code
 *     CHECKERED} tile, every other one of what its neighbours made; without meaning if there are
 *     none
 * @param rounds in which the pieces are made, 1 if in one go; between two of them neighbours hand
 *     each other what the next needs
 * @param precision with which numbers the layers are computed
 */
record StageView(
    String node,
    String layers,
    List<Piece> pieces,
    boolean stolen,
    Kind kind,
    int rounds,
    Precision precision) {
  /**
   * A part of what the layers make, or a summand of it.
   *
   * @param node who makes it, or is expected to
   * @param strips the part is where these cross
   */
  record Piece(String node, List<Strip> strips) {}

  /**
   * Neighbouring places of an axis.
   *
   * @param axis 1 for channels, or neurons; 2 for the rows of an image, 3 for its columns
   * @param from the first
   * @param to behind the last
   */
  record Strip(int axis, long from, long to) {}

  /**
   * The stages of a plan.
   *
   * @param servers names for its node numbers
   */
  static List<StageView> of(Plan plan, List<String> servers) {
    return plan.stages().stream().map(stage -> of(stage, servers)).toList();
  }

  private static StageView of(Stage stage, List<String> servers) {
    return new StageView(
        stage.nodes().stream().map(node -> name(node, servers)).collect(Collectors.joining("+")),
        LayerRanges.format(stage.layers()),
        stage.sharing().stream()
            .flatMap(sharing -> sharing.shares().stream())
            .map(share -> piece(share, servers))
            .toList(),
        stage.sharing().filter(sharing -> sharing.handout() == Handout.STOLEN).isPresent(),
        stage.sharing().map(Sharing::kind).orElse(Kind.PART),
        1 + stage.sharing().map(sharing -> sharing.rounds().size()).orElse(0),
        stage.precision());
  }

  private static Piece piece(Sharing.Share share, List<String> servers) {
    return new Piece(
        name(share.node(), servers),
        share.piece().strips().stream()
            .map(strip -> new Strip(strip.axis(), strip.span().from(), strip.span().to()))
            .toList());
  }

  private static String name(int node, List<String> servers) {
    return node == Stage.DEVICE ? "device" : servers.get(node - 1);
  }
}
