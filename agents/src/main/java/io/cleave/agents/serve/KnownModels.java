package io.cleave.agents.serve;

import io.cleave.agents.data.Refusal;
import io.cleave.agents.data.Refused;
import io.cleave.agents.dnn.Model;
import io.cleave.agents.dnn.ModelStore;
import io.cleave.policies.wire.ModelReference;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The models that devices of the site have, by hash: a device asks by hash alone, and its status
 * said where the model comes from. Thread-safe.
 */
final class KnownModels {
  private static final int MOST = 1024;

  private final ModelStore store;
  private final Map<String, ModelReference> references = new LinkedHashMap<>();

  KnownModels(ModelStore store) {
    this.store = store;
  }

  /** A device said that it has this one. */
  void know(ModelReference reference) {
    synchronized (references) {
      references.put(reference.sha256(), reference);
      if (references.size() > MOST) {
        references.remove(references.keySet().iterator().next());
      }
    }
  }

  /** One that was opened before. */
  Optional<Model> opened(String sha256) {
    return store.bySha256(sha256);
  }

  /**
   * Opens one, which may take as long as fetching or building it does.
   *
   * @throws Refused if no device has told of it
   */
  Model open(String sha256) {
    ModelReference reference;
    synchronized (references) {
      reference = references.get(sha256);
    }
    if (reference == null) {
      throw new Refused(
          Refusal.UNKNOWN_MODEL,
          "No device of the site has told of a model with hash %s. Maybe its status is not here yet."
              .formatted(sha256));
    }
    return store.open(reference);
  }
}
