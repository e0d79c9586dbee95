package io.cleave.policies.pieces;

import io.cleave.policies.graph.ReceptiveField;
import io.cleave.policies.graph.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One axis of a checkerboard over layers in a chain: what each row, or column, of tiles needs of
 * each tensor by itself, and what is left to compute of that when the tiles beside it have been
 * made. Tensors are counted from what the layers read, 0, to what they make.
 */
final class Lane {
  private final long[] length; // [tensor]
  private final ReceptiveField.Sliding[] windows; // [tensor] by which the next one reads it
  private final Span[][] needed; // [tile][tensor] with all its halo

  /**
   * @param tiles one behind the other
   * @param windows of the layers, the first first
   * @param length of each tensor along the axis
   */
  Lane(List<Span> tiles, ReceptiveField.Sliding[] windows, long[] length) {
    this.length = length;
    this.windows = windows;
    this.needed = new Span[tiles.size()][length.length];
    for (int tile = 0; tile < needed.length; tile++) {
      Span span = tiles.get(tile);
      for (int tensor = windows.length; tensor > 0; tensor--) {
        needed[tile][tensor] = span;
        span = windows[tensor - 1].needed(span, length[tensor - 1]);
      }
      needed[tile][0] = span;
    }
  }

  Span needed(int tile, int tensor) {
    return needed[tile][tensor];
  }

  /**
   * What is read of a tensor, and where what neither neighbour made of that begins and ends.
   *
   * @param read by the layer behind, for what is computed of that one
   * @param to behind the last place; not beyond {@code from} if the neighbours made all
   */
  record Rest(Span read, long from, long to) {
    /** What the tile before made. */
    Optional<Span> before() {
      return span(read.from(), from);
    }

    /** What is left to compute. */
    Optional<Span> between() {
      return span(from, to);
    }

    /** What the tile behind made. */
    Optional<Span> behind() {
      return span(to, read.to());
    }

    private static Optional<Span> span(long from, long to) {
      return from < to ? Optional.of(new Span(from, to)) : Optional.empty();
    }
  }

  /**
   * What a tile is made of when those beside it have been: less computed of one tensor needs less
   * of the one before.
   *
   * @return of each tensor, the last one first, up to the first one or to one of which there is
   *     nothing left to compute
   */
  List<Rest> rests(int tile) {
    int last = windows.length;
    List<Rest> rests = new ArrayList<>();
    Span computed = needed[tile][last];
    rests.add(new Rest(computed, computed.from(), computed.to()));
    for (int tensor = last - 1; tensor >= 0; tensor--) {
      Rest rest = rest(tile, tensor, windows[tensor].needed(computed, length[tensor]));
      rests.add(rest);
      if (rest.between().isEmpty()) {
        break;
      }
      computed = rest.between().get();
    }
    return rests;
  }

  private Rest rest(int tile, int tensor, Span read) {
    long from = read.from();
    long to = read.to();
    if (tensor > 0 && tile > 0) { // the first tensor is at hand, no tile made it
      from = Math.min(Math.max(needed[tile - 1][tensor].to(), from), to);
    }
    if (tensor > 0 && tile + 1 < needed.length) {
      to = Math.max(Math.min(needed[tile + 1][tensor].from(), to), from);
    }
    return new Rest(read, from, to);
  }
}
