package io.cleave.policies.matching;

/** What load costs at each place at present; being alone, place 0, has no load and no price. */
final class Prices {
  private final Assignment assignment;
  private final double[] work; // [place] price
  private final double[] access; // [place] price
  private final double[] paid; // [place] what all there cost
  private final double[] load; // [place]
  private final double[] accessLoad; // [place]
  private final double[] variability; // [place]

  Prices(Assignment assignment) {
    this.assignment = assignment;
    int places = assignment.game().hosts() + 1;
    this.work = new double[places];
    this.access = new double[places];
    this.paid = new double[places];
    this.load = new double[places];
    this.accessLoad = new double[places];
    this.variability = new double[places];
    for (int place = 1; place < places; place++) {
      variability[place] = assignment.game().host(place - 1).variability();
      update(place);
    }
  }

  void update(int place) {
    int host = place - 1;
    if (host != Bid.LOCAL) {
      load[place] = assignment.load(host);
      accessLoad[place] = assignment.accessLoad(host);
      work[place] = Contention.price(load[place], variability[place]);
      access[place] = Contention.price(accessLoad[place], variability[place]);
      paid[place] = paid(place, load[place], accessLoad[place]);
    }
  }

  private double paid(int place, double work, double access) {
    return Contention.cost(work, variability[place]) + Contention.cost(access, variability[place]);
  }

  /** What a bid would add at these prices: no more than it really adds. */
  double of(Offers own, int bid) {
    int place = own.host[bid] + 1;
    return own.fixed(bid) + own.work(bid) * work[place] + own.access(bid) * access[place];
  }

  /** What more load, or less, really adds. */
  double extra(int place, double moreWork, double moreAccess) {
    return place == 0
        ? 0
        : paid(
                place,
                Math.max(0, load[place] + moreWork),
                Math.max(0, accessLoad[place] + moreAccess))
            - paid[place];
  }

  /** The same of more or less work alone. */
  double extraWork(int place, double more) {
    return Contention.cost(Math.max(0, load[place] + more), variability[place])
        - Contention.cost(load[place], variability[place]);
  }

  /** What a bit more work costs at a place with so much more of it, or less. */
  double workPrice(int place, double more) {
    return Contention.price(Math.max(0, load[place] + more), variability[place]);
  }

  double accessPrice(int place) {
    return access[place];
  }

  /** By how much the present load, all at today's price, costs more than it does. */
  double rent(int place) {
    return load[place] * work[place] + accessLoad[place] * access[place] - paid[place];
  }

  /** How much the price of work rises at least with load, from so much less of it on. */
  double curve(int place, double less) {
    return place == 0 ? 0 : Contention.curve(load[place] - less, variability[place]);
  }
}
