package io.cleave.policies.onnx;

import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.Span;
import io.cleave.policies.pieces.Making;
import io.cleave.policies.pieces.Patch;
import io.cleave.policies.pieces.Piece;
import io.cleave.policies.pieces.Strip;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Where a tile of a checkerboard meets its neighbours: what it takes of them is put around what it
 * computes itself, and what they take is cut out. A piece without neighbours has no seams.
 */
final class Seams {
  private final DnnGraph graph;
  private final Making making;
  private final PieceNodes nodes;

  Seams(DnnGraph graph, Making making, PieceNodes nodes) {
    this.graph = graph;
    this.making = making;
    this.nodes = nodes;
  }

  /** By what name a layer's output goes: its own, unless it is only a part of what is read. */
  String computed(int tensor) {
    String name = graph.tensor(tensor).name();
    return isJoined(tensor) ? name + "/computed" : name;
  }

  /** True if neighbours made some of what is read of it. */
  boolean isJoined(int tensor) {
    return !taken(tensor).isEmpty();
  }

  /** Of what neighbours made. */
  private List<Patch> taken(int tensor) {
    String whole = graph.tensor(tensor).name();
    return making.reads().stream()
        .filter(patch -> patch.tensor() == tensor && !patch.name().equals(whole))
        .toList();
  }

  /** Puts a tensor together that is about to be read: bands of rows, each of parts side by side. */
  void join(int tensor) {
    List<Patch> parts = new ArrayList<>(taken(tensor));
    if (parts.isEmpty()) {
      return;
    }
    if (making.layers().contains(graph.tensor(tensor).producer())) {
      parts.add(new Patch(tensor, computed(tensor), making.made(tensor)));
    }
    String whole = graph.tensor(tensor).name();
    TreeMap<Long, TreeMap<Long, String>> bands = new TreeMap<>(); // by first row, by first column
    for (Patch part : parts) {
      Piece places = part.places();
      long row = along(places, Strip.ROWS).from();
      bands
          .computeIfAbsent(row, none -> new TreeMap<>())
          .put(along(places, Strip.COLUMNS).from(), part.name());
    }
    List<String> down = new ArrayList<>();
    bands.forEach(
        (row, across) -> {
          String band = "%s/row %d".formatted(whole, row);
          nodes.concat(List.copyOf(across.values()), Strip.COLUMNS, band);
          down.add(band);
        });
    nodes.concat(down, Strip.ROWS, whole);
  }

  /** Cuts out what neighbours take. */
  void handOn() {
    for (Patch patch : making.gives()) {
      String whole = graph.tensor(patch.tensor()).name();
      if (!patch.name().equals(whole)) {
        Piece made = making.made(patch.tensor());
        Span rows = inside(patch.places(), made, Strip.ROWS);
        Span columns = inside(patch.places(), made, Strip.COLUMNS);
        nodes.slice(nodes.slice(whole, Strip.ROWS, rows), Strip.COLUMNS, columns, patch.name());
      }
    }
  }

  /** Counted from where what is made begins. */
  private static Span inside(Piece part, Piece made, int axis) {
    Span span = along(part, axis);
    long begin = along(made, axis).from();
    return new Span(span.from() - begin, span.to() - begin);
  }

  private static Span along(Piece piece, int axis) {
    return piece.along(axis).orElseThrow();
  }
}
