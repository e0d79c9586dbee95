package io.cleave.policies.matching;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Devices propose to hosts, best first; a host keeps the proposals that are served fastest up to
 * its quota and sends the others away, who propose to their next. Whom nobody takes is alone.
 *
 * <p>Source: Gale and Shapley, "College admissions and the stability of marriage", 1962; the first
 * phase of DINA (Mohammed et al., INFOCOM 2020).
 *
 * <p>Complexity: O(bids + proposals log(bids + quota)); at most one proposal for each bid.
 *
 * <p>Assumes: what a device costs does not depend on who else is there. It does, so the result may
 * be far from stable; {@link SwapMatching} goes on from it.
 *
 * <p>Differs: a host whose memory for models is full takes no proposal that needs another.
 */
public final class DeferredAcceptance implements Matcher {
  @Override
  public Assignment match(SiteGame game) {
    return new Round(game).run();
  }

  /** One run. */
  private static final class Round {
    private final SiteGame game;
    private final Assignment assignment; // those who ask are alone meanwhile
    private final double[] asked; // [device] seconds of its last proposal
    private final int[] home; // [device] its best local bid
    private final List<Wishes> wishes = new ArrayList<>(); // [device]
    private final ArrayDeque<Integer> asking = new ArrayDeque<>();
    private final List<PriorityQueue<Integer>> kept = new ArrayList<>(); // [host] slowest first

    Round(SiteGame game) {
      this.game = game;
      this.assignment = Opponents.LOCAL.matcher(0).match(game);
      this.asked = new double[game.devices()];
      this.home = new int[game.devices()];
      for (int host = 0; host < game.hosts(); host++) {
        kept.add(new PriorityQueue<>(Comparator.comparingDouble(device -> -asked[device])));
      }
      for (int device = 0; device < home.length; device++) {
        home[device] = assignment.choice(device);
        wishes.add(new Wishes(game, device, home[device]));
        asking.add(device);
      }
    }

    Assignment run() {
      while (!asking.isEmpty()) {
        int device = asking.remove();
        boolean rejected = true;
        while (rejected && !wishes.get(device).isEmpty()) {
          asked[device] = wishes.get(device).seconds();
          rejected = !accepted(device, wishes.get(device).next());
        }
      }
      return assignment;
    }

    private boolean accepted(int device, int bid) {
      int host = game.offers(device).host[bid];
      if (!assignment.open(device, host)) {
        Integer slowest = kept.get(host).peek();
        if (slowest == null
            || asked[slowest] <= asked[device]
            || !assignment.exchangeable(device, slowest)) {
          return false;
        }
        kept.get(host).remove();
        assignment.take(slowest, home[slowest]);
        asking.add(slowest);
      }
      assignment.take(device, bid);
      kept.get(host).add(device);
      return true;
    }
  }
}
