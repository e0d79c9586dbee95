package io.cleave.policies.pieces;

import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.profile.LayerTimes;
import java.util.List;

/**
 * What it takes to make a piece of what a run of layers makes: what is given, run and handed on.
 */
public sealed interface Making permits Alone, Checkered {
  /**
   * Of a piece; a {@link Piece.Kind#CHECKERED checkered} one takes from its neighbours what
   * overlaps, or hands it to them.
   *
   * @throws IllegalArgumentException if the run cannot be divided so, or the piece is no part of
   *     what it makes
   */
  static Making of(DnnGraph graph, LayerSet run, Piece piece) {
    return Funnel.of(graph, run).making(piece);
  }

  /** What is made. */
  Piece piece();

  /** Those of the run that are run; of what its neighbours made all of no layer need run. */
  LayerSet layers();

  /**
   * What is computed of a tensor that these layers make.
   *
   * @throws IllegalArgumentException if they do not make it
   */
  Piece made(int tensor);

  /**
   * What these layers read of a tensor; of what they make for others all that is made.
   *
   * @throws IllegalArgumentException if they neither read nor make it
   */
  Piece held(int tensor);

  /** What a machine is given. */
  List<Patch> reads();

  /** What it gives back, the piece itself first. */
  List<Patch> gives();

  /** Tiles that must have been made before, since what they handed on is read. */
  List<Piece> sources();

  /** Bits that a machine is given. */
  double inputBits();

  /** Bits that it gives back. */
  double outputBits();

  /**
   * Seconds that a machine takes, one start included. Assumes that a layer's time is in proportion
   * to the places that are made of it.
   */
  double seconds(LayerTimes times);
}
