package io.cleave.testbed.learn;

import io.cleave.testbed.UserError;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Where planners are judged; each is an experiment that is packed into the program. */
public enum Deployment {
  ONE("one device", "evaluate"),
  SITE_20("20-device site", "evaluate-site-20"),
  SITE_200("200-device site", "evaluate-site-200");

  private final String text;
  private final String experiment;

  Deployment(String text, String experiment) {
    this.text = text;
    this.experiment = experiment;
  }

  /** For people. */
  public String text() {
    return text;
  }

  /** Name of the packed experiment. */
  public String experiment() {
    return experiment;
  }

  /** As people write it: {@code site-20}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * @throws UserError if there is none of this name
   */
  public static Deployment byId(String id) {
    return Arrays.stream(values())
        .filter(each -> each.id().equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                new UserError(
                    "There is no deployment %s; there are %s."
                        .formatted(
                            id,
                            Arrays.stream(values())
                                .map(Deployment::id)
                                .collect(Collectors.joining(", ")))));
  }
}
