package io.cleave.policies.graph;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How a layer can be divided among machines: along which axes of what it makes, and what each part
 * needs of every input there.
 *
 * @param fields by axis of the layer's one output, counted from 0; an axis that is absent cannot be
 *     divided
 * @param sums axis of the layer's one input of which every part alone makes a summand of the whole
 *     output, as channels do for a convolution; empty if its parts cannot be added up
 */
public record Division(Map<Integer, ReceptiveField> fields, OptionalInt sums) {
  /** The layer stays in one piece: its parts would need one another, or nobody knows. */
  public static final Division NONE = new Division(Map.of());

  public Division {
    fields = Map.copyOf(fields);
  }

  /** A layer that cannot be made as a sum. */
  public Division(Map<Integer, ReceptiveField> fields) {
    this(fields, OptionalInt.empty());
  }

  /** What a part along this axis needs; empty if the layer cannot be divided there. */
  public Optional<ReceptiveField> along(int axis) {
    return Optional.ofNullable(fields.get(axis));
  }
}
