package io.cleave.policies.control;

import io.cleave.policies.control.Bidding.Offer;
import io.cleave.policies.matching.Assignment;
import io.cleave.policies.matching.Bid;
import io.cleave.policies.matching.Contender;
import io.cleave.policies.matching.Matcher;
import io.cleave.policies.matching.Rematching;
import io.cleave.policies.memory.Fit;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.PlanTable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps the assignment of a site's devices to its servers, report by report. What a device bids is
 * brought up to date when it reports; then only what that concerns is matched again. A device hears
 * at its own next report that it was moved.
 *
 * <p>A device that was moved stays for the hold time, and each move must gain what the switch rule
 * asks for: a bid for another place is dearer by that, so a new assignment is never worse than the
 * one in force beyond the cost of switching.
 *
 * <p>Owned by one thread.
 */
final class Matchmaker {
  private static final long STEPS = 100_000; // of improvement after one report, at most
  private static final double MATCH_SECONDS = 1; // between matchings from nothing
  private static final double HELD_SECONDS = 1e3; // which no move gains

  private final Targeting targeting;
  private final Matcher matcher;
  private final Terms terms;
  private final Hosts hosts = new Hosts();
  private final Map<String, Seat> seats = new LinkedHashMap<>();
  private Optional<Rematching> standing = Optional.empty(); // until devices or servers change
  private final StabilityChecks checks = new StabilityChecks();
  private double matchedSeconds = Double.NEGATIVE_INFINITY;

  Matchmaker(Targeting targeting, Matcher matcher, Terms terms) {
    this.targeting = targeting;
    this.matcher = matcher;
    this.terms = terms;
  }

  /** A server joins, or comes back with another capacity. */
  void admit(Site.Server server) {
    stand();
    hosts.admit(server);
    standing = Optional.empty();
  }

  /** An agent is gone for good: nobody is sent to it any more, nor counted on its behalf. */
  void forget(String agent) {
    stand();
    hosts.close(agent);
    seats.remove(agent);
    int index = 0;
    for (Seat seat : seats.values()) {
      seat.index = index++;
    }
    standing = Optional.empty();
  }

  /** Remembers who is where, before the site changes. */
  private void stand() {
    standing.ifPresent(
        now -> seats.values().forEach(s -> s.choice = now.assignment().choice(s.index)));
  }

  /**
   * Takes what a device bids now and says where it belongs.
   *
   * @param reach of all servers that could help it
   */
  Placement place(Site.Device device, Reach reach, Bidding bidding, Instant now) {
    double time = PlanInForce.seconds(now);
    List<Offer> offers = bidding.offers(reach, hosts);
    Seat seat = seat(device);
    seat.heardSeconds = time;
    seat.contender = contender(device, seat, offers.stream().map(Offer::bid).toList(), time);
    match(seat, time);
    Assignment assignment = standing().assignment();
    int host = assignment.hostOf(seat.index);
    boolean moved = host != seat.told;
    String text = text(seat.told, host, assignment);
    if (moved) {
      seat.told = host;
      seat.toldSeconds = time;
    }
    return new Placement(there(seat, time, reach, bidding, offers), moved, text);
  }

  private Optional<Placement.There> there(
      Seat seat, double time, Reach reach, Bidding bidding, List<Offer> offers) {
    Assignment assignment = standing().assignment();
    int device = seat.index;
    int host = assignment.hostOf(device);
    int helper = host == Bid.LOCAL ? next(seat, time) : host;
    if (helper == Bid.LOCAL) {
      return Optional.empty();
    }
    List<String> names = reach.observation().servers().stream().map(s -> s.node().name()).toList();
    int place = names.indexOf(hosts.name(helper));
    double wait = assignment.waitSeconds(helper) + assignment.accessWaitSeconds(helper);
    Observation expected = Bidding.alone(reach.observation(), place, wait);
    List<Plan> plans =
        offers.stream()
            .filter(offer -> offer.bid().host() == helper || offer.bid().host() == Bid.LOCAL)
            .map(Offer::plan)
            .filter(plan -> !plan.isLocal() || Fit.fits(plan, expected))
            .toList();
    PlanTable table =
        SiteTable.of(
            plans,
            bidding.learned(expected, plans),
            offers.get(assignment.choice(device)).plan(),
            expected,
            new SiteTable.Prices(
                assignment.workPrice(helper),
                assignment.accessPrice(helper),
                hosts.accessSecondsPerBit(helper)));
    Reach narrow = new Reach(expected, List.of(reach.siteNodes().get(place)));
    return Optional.of(new Placement.There(narrow, table));
  }

  /**
   * Who would help a device that is to be alone. Stays the same for a lease while it can: the
   * device gets slices ready for whom it is told.
   */
  private int next(Seat seat, double time) {
    Assignment assignment = standing().assignment();
    boolean can =
        seat.next != Bid.LOCAL
            && seat.contender.bids().stream().anyMatch(bid -> bid.host() == seat.next)
            && assignment.open(seat.index, seat.next);
    if (!can || time - seat.nextSeconds >= seconds(terms.lease())) {
      seat.next = assignment.nextHost(seat.index);
      seat.nextSeconds = time;
    }
    return seat.next;
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1e3;
  }

  /** A device that nobody can help at present. */
  void alone(Site.Device device, double localSeconds, Instant now) {
    double time = PlanInForce.seconds(now);
    Seat seat = seat(device);
    seat.heardSeconds = time;
    seat.told = Bid.LOCAL;
    rebid(
        seat,
        new Contender(
            device.demand().framesPerSecond(), seat.model, List.of(Bid.local(localSeconds))));
  }

  /** What samples of the assignment said of its stability. */
  StabilityChecks.Counts checks() {
    return checks.counts();
  }

  private Seat seat(Site.Device device) {
    Seat known = seats.get(device.name());
    int model = hosts.model(device.graph());
    if (known == null || known.model != model) {
      stand();
      if (known != null) {
        forget(device.name());
      }
      known = new Seat(seats.size(), model, device.demand().framesPerSecond());
      seats.put(device.name(), known);
      standing = Optional.empty();
    }
    return known;
  }

  /** Bids for another place are dearer by what a move must gain; those that are held, by far. */
  private Contender contender(Site.Device device, Seat seat, List<Bid> bids, double time) {
    SwitchRule rule = terms.rule();
    double framesPerSecond = device.demand().framesPerSecond();
    double stay = Double.POSITIVE_INFINITY;
    for (Bid bid : bids) {
      if (bid.host() == seat.told) {
        stay = Math.min(stay, bid.fixedSeconds() + bid.workSeconds() + bid.accessSeconds());
      }
    }
    boolean settled = seat.told != Bid.LOCAL && targeting.forGood();
    boolean held = settled || !rule.released(time - seat.toldSeconds);
    double move =
        Double.isInfinite(stay)
            ? 0
            : held ? HELD_SECONDS : rule.minGain() * stay + rule.each(framesPerSecond);
    List<Bid> dearer = new ArrayList<>();
    for (Bid bid : bids) {
      dearer.add(bid.host() == seat.told ? bid : bid.dearer(move));
    }
    return new Contender(framesPerSecond, seat.model, dearer);
  }

  private void match(Seat seat, double time) {
    rebid(seat, seat.contender);
    leaveOutSilent(time);
    if (targeting == Targeting.SWAP_MATCHING) {
      long[] left = {STEPS};
      standing().improve(() -> left[0]-- > 0);
      checks.look(standing().assignment(), seat.index, time);
    } else if (time - matchedSeconds >= MATCH_SECONDS) {
      matchedSeconds = time;
      standing = Optional.of(new Rematching(matcher.match(standing().assignment().game())));
    }
  }

  private void rebid(Seat seat, Contender contender) {
    Rematching standing = standing();
    int host = standing.assignment().hostOf(seat.index);
    seat.contender = contender;
    standing.rebid(seat.index, contender, contender.cheapest(host));
  }

  /** Devices that have not been heard of for as long as a lease need no server. */
  private void leaveOutSilent(double time) {
    double lease = seconds(terms.lease());
    for (Seat seat : seats.values()) {
      if (time - seat.heardSeconds > lease && seat.contender.bids().size() > 1) {
        seat.told = Bid.LOCAL;
        rebid(seat, seat.contender.local());
      }
    }
  }

  private Rematching standing() {
    if (standing.isEmpty()) {
      List<Contender> contenders = seats.values().stream().map(seat -> seat.contender).toList();
      Assignment assignment = new Assignment(hosts.game(contenders));
      for (Seat seat : seats.values()) {
        int host = seat.contender.bids().get(seat.choice).host();
        if (assignment.open(seat.index, host)) { // it may take less than before
          assignment.take(seat.index, seat.choice);
        }
      }
      standing = Optional.of(new Rematching(assignment));
    }
    return standing.get();
  }

  private String text(int before, int host, Assignment assignment) {
    return before == host
        ? "its place is the best for the site"
        : String.format(
            Locale.ROOT,
            "%s helps instead of %s, so that frames of the site take %.1f ms on average",
            described(host, assignment),
            described(before, assignment),
            1e3 * assignment.meanSeconds());
  }

  private String described(int host, Assignment assignment) {
    return host == Bid.LOCAL
        ? "nobody"
        : String.format(
            Locale.ROOT,
            "%s (%d guests, busy %.0f %%)",
            hosts.name(host),
            assignment.guests(host),
            100 * assignment.load(host));
  }
}
