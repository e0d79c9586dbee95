package io.cleave.policies.control;

import io.cleave.policies.matching.DeferredAcceptance;
import io.cleave.policies.matching.Matcher;
import io.cleave.policies.matching.Opponents;
import io.cleave.policies.matching.SwapMatching;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How it is chosen which server helps which device. */
public enum Targeting {
  /** Each device's planner takes the server that looks best to it, by what servers report. */
  EACH(false) {
    @Override
    Optional<Matcher> matcher() {
      return Optional.empty();
    }
  },
  /** A server at random when a device comes, and for good. */
  RANDOM(true) {
    @Override
    Optional<Matcher> matcher() {
      return Optional.of(Opponents.RANDOM.matcher(1));
    }
  },
  /** One server after the other as devices come, and for good. */
  ROUND_ROBIN(true) {
    @Override
    Optional<Matcher> matcher() {
      return Optional.of(Opponents.ROUND_ROBIN.matcher(1));
    }
  },
  /** The server that would be best if nobody else were there. */
  GREEDY(false) {
    @Override
    Optional<Matcher> matcher() {
      return Optional.of(Opponents.GREEDY.matcher(1));
    }
  },
  /** Proposals alone, without swaps. */
  DEFERRED_ACCEPTANCE(false) {
    @Override
    Optional<Matcher> matcher() {
      return Optional.of(new DeferredAcceptance());
    }
  },
  /** All together, so that no two would rather change places. */
  SWAP_MATCHING(false) {
    @Override
    Optional<Matcher> matcher() {
      return Optional.of(new SwapMatching());
    }
  };

  private final boolean forGood;

  Targeting(boolean forGood) {
    this.forGood = forGood;
  }

  /** What assigns the devices of a site; empty if nobody does. */
  abstract Optional<Matcher> matcher();

  /** True if a device that has a server keeps it as long as it is heard of. */
  boolean forGood() {
    return forGood;
  }

  /** As people write it: {@code swap-matching}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public static List<String> ids() {
    return Arrays.stream(values()).map(Targeting::id).toList();
  }

  /**
   * @throws IllegalArgumentException if there is none of this name
   */
  public static Targeting byId(String id) {
    return Arrays.stream(values())
        .filter(each -> each.id().equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "There is no way %s to choose servers; there are %s."
                        .formatted(id, String.join(", ", ids()))));
  }
}
