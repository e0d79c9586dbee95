package io.cleave.policies.matching;

import java.util.Optional;

/**
 * Whether an assignment is two-sided exchange-stable, by trying every pair: the definition, without
 * any of the short cuts by which {@link SwapMatching} finds it.
 *
 * <p>Source: Bodine-Baron, Lee, Chong, Hassibi, Wierman, "Peer effects and stability in matching
 * markets", 2011, as DINA (INFOCOM 2020) uses it. A pair of devices, or a device and an open slot,
 * is swap-blocking if after the change neither of them is worse, the devices of both hosts together
 * are no worse, and one of these is better. Whole user sets count, so third parties are not
 * silently hurt. Less than a nanosecond a second is no difference.
 *
 * <p>Complexity: O(devices^2 bids^2 hosts), where bids are those of one device for one host.
 */
public final class Stability {
  private static final double EQUAL = 1e-9;

  private final Assignment assignment;
  private final SiteGame game;

  /**
   * Who would rather change.
   *
   * @param device that would go
   * @param other that would take its place; empty if the slot is open
   * @param gain of all together, in seconds a second
   */
  public record Blocking(int device, Optional<Integer> other, double gain) {}

  private Stability(Assignment assignment) {
    this.assignment = assignment.copy();
    this.game = assignment.game();
  }

  /** A blocking pair; empty if the assignment is stable. */
  public static Optional<Blocking> blocking(Assignment assignment) {
    Stability stability = new Stability(assignment);
    for (int device = 0; device < assignment.game().devices(); device++) {
      Optional<Blocking> found = stability.of(device);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  /** A blocking pair with this device; to look at a sample of a large site. */
  public static Optional<Blocking> blocking(Assignment assignment, int device) {
    return new Stability(assignment).of(device);
  }

  private Optional<Blocking> of(int device) {
    Optional<Blocking> found = toOpenSlot(device);
    for (int other = 0; other < game.devices() && found.isEmpty(); other++) {
      if (assignment.hostOf(device) != assignment.hostOf(other)) {
        found = swap(device, other);
      }
    }
    return found;
  }

  private Optional<Blocking> toOpenSlot(int device) {
    Offers own = game.offers(device);
    int old = assignment.choice(device);
    double all = assignment.cost();
    double before = assignment.cost(device);
    for (int bid = 0; bid < own.size(); bid++) {
      if (bid != old && assignment.open(device, own.host[bid])) {
        assignment.take(device, bid);
        double change = assignment.cost() - all;
        boolean blocks = blocks(change, assignment.cost(device) - before, 0);
        assignment.take(device, old);
        if (blocks) {
          return Optional.of(new Blocking(device, Optional.empty(), -change));
        }
      }
    }
    return Optional.empty();
  }

  private Optional<Blocking> swap(int device, int other) {
    int host = assignment.hostOf(device);
    int otherHost = assignment.hostOf(other);
    Offers own = game.offers(device);
    Offers others = game.offers(other);
    for (int bid = own.begin(otherHost); bid < own.end(otherHost); bid++) {
      for (int back = others.begin(host); back < others.end(host); back++) {
        Optional<Blocking> found = swap(device, bid, other, back);
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }

  private Optional<Blocking> swap(int device, int bid, int other, int back) {
    if (!assignment.exchangeable(device, other)) {
      return Optional.empty();
    }
    int old = assignment.choice(device);
    int otherOld = assignment.choice(other);
    double all = assignment.cost();
    double before = assignment.cost(device);
    double otherBefore = assignment.cost(other);
    assignment.take(device, bid);
    assignment.take(other, back);
    double change = assignment.cost() - all;
    double ownChange = assignment.cost(device) - before;
    double otherChange = assignment.cost(other) - otherBefore;
    assignment.take(device, old);
    assignment.take(other, otherOld);
    return blocks(change, ownChange, otherChange)
        ? Optional.of(new Blocking(device, Optional.of(other), -change))
        : Optional.empty();
  }

  /** Nobody worse, somebody better. */
  private static boolean blocks(double all, double one, double other) {
    boolean nobodyWorse = Math.max(all, Math.max(one, other)) <= EQUAL;
    return nobodyWorse && Math.min(all, Math.min(one, other)) < -EQUAL;
  }
}
