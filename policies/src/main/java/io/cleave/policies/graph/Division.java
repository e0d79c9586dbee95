package io.cleave.policies.graph;

import java.util.Map;
import java.util.Optional;

/**
 * How a layer can be divided among machines: along which axes of what it makes, and what each part
 * needs of every input there.
 *
 * @param fields by axis of the layer's one output, counted from 0; an axis that is absent cannot be
 *     divided
 */
public record Division(Map<Integer, ReceptiveField> fields) {
  /** The layer stays in one piece: its parts would need one another, or nobody knows. */
  public static final Division NONE = new Division(Map.of());

  public Division {
    fields = Map.copyOf(fields);
  }

  /** What a part along this axis needs; empty if the layer cannot be divided there. */
  public Optional<ReceptiveField> along(int axis) {
    return Optional.ofNullable(fields.get(axis));
  }
}
