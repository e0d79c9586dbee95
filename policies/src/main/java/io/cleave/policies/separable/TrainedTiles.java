package io.cleave.policies.separable;

import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.LayerSet;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * For which tiles a network was retrained: its file says so by the name of a tensor, {@code
 * apart-2x2}. What leads to that tensor is right when it is made in 2 x 2 tiles, each {@link
 * io.cleave.policies.pieces.Piece.Kind#APART apart}.
 *
 * @param tensor that tiles are parts of, by its place in the network
 * @param rows of tiles, at least 1
 * @param columns of tiles, at least 1
 */
public record TrainedTiles(int tensor, int rows, int columns) {
  private static final Pattern NAME = Pattern.compile("apart-([1-9][0-9]?)x([1-9][0-9]?)");

  /** What a network was retrained for; empty if no tensor says so. */
  public static Optional<TrainedTiles> of(DnnGraph graph) {
    for (int tensor = 0; tensor < graph.tensors().size(); tensor++) {
      Matcher name = NAME.matcher(graph.tensor(tensor).name());
      if (name.matches()) {
        return Optional.of(
            new TrainedTiles(
                tensor, Integer.parseInt(name.group(1)), Integer.parseInt(name.group(2))));
      }
    }
    return Optional.empty();
  }

  /** What the tensor is called. */
  public static String name(int rows, int columns) {
    return "apart-%dx%d".formatted(rows, columns);
  }

  /** The layers that run in tiles, the input not among them. */
  public LayerSet layers(DnnGraph graph) {
    return graph.leadingTo(tensor).minus(LayerSet.of(0));
  }
}
