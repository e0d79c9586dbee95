package io.cleave.agents.data;

import io.cleave.policies.graph.LayerSet;

/**
 * Some layers of a model.
 *
 * @param modelSha256 content of the model's file, in lower-case hexadecimal
 * @param layers by index in the model's graph; at least one
 */
public record SliceReference(String modelSha256, LayerSet layers) {
  public SliceReference {
    if (!modelSha256.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException(
          "A model is named by 64 lower-case hexadecimal digits, not %s."
              .formatted(Messages.quote(modelSha256)));
    }
    if (layers.isEmpty()) {
      throw new IllegalArgumentException("A slice has at least one layer, not none.");
    }
  }
}
