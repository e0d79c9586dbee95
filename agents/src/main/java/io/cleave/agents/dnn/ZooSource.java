package io.cleave.agents.dnn;

import io.cleave.policies.onnx.ModelFormatException;
import io.cleave.policies.onnx.Zoo;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code zoo:resnet18} or {@code zoo:resnet18?seed=3}: a network that is built, not loaded. */
record ZooSource(Zoo zoo, long seed) {
  private static final String PREFIX = "zoo:";

  /** Weights come from this seed unless another is asked for, as everywhere in the project. */
  private static final long USUAL_SEED = 1;

  private static final Pattern FORM = Pattern.compile("zoo:([^?]+)(\\?seed=([0-9]{1,18}))?");

  /**
   * @return empty if the source is no network of the zoo
   * @throws ModelFormatException if it should be one, and is not written like one
   * @throws IllegalArgumentException naming the nearest network if there is none of this name
   */
  static Optional<ZooSource> parse(String source) {
    if (!source.startsWith(PREFIX)) {
      return Optional.empty();
    }
    Matcher form = FORM.matcher(source);
    if (!form.matches()) {
      throw new ModelFormatException(
          "A network of the zoo is written like zoo:resnet18 or zoo:resnet18?seed=3, not '%s'."
              .formatted(source));
    }
    String seed = form.group(3);
    return Optional.of(
        new ZooSource(Zoo.byName(form.group(1)), seed == null ? USUAL_SEED : Long.parseLong(seed)));
  }
}
