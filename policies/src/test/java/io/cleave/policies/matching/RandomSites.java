package io.cleave.policies.matching;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Sites of all kinds: idle and overloaded, quotas and memories that bind and that do not. */
final class RandomSites {
  private RandomSites() {}

  /** Up to 7 devices and 3 servers. */
  static SiteGame small(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    return site(random, random.nextInt(1, 8), random.nextInt(1, 4));
  }

  static SiteGame site(SplittableRandom random, int devices, int hosts) {
    List<Long> models = List.of(50L, 100L, 150L);
    double heavy = Math.pow(10, random.nextDouble(-1, 0.6));
    int ways = random.nextInt(1, 4);
    boolean tight = random.nextBoolean();
    List<Host> servers = new ArrayList<>();
    double[] speed = new double[hosts];
    for (int host = 0; host < hosts; host++) {
      speed[host] = Math.pow(10, random.nextDouble(1.5));
      int quota = tight ? random.nextInt(1, 2 * devices / hosts + 2) : devices;
      long memory = tight && random.nextBoolean() ? random.nextLong(100, 300) : 1000;
      servers.add(new Host(quota, memory, random.nextDouble(0.5, 1.5)));
    }
    List<Contender> contenders = new ArrayList<>();
    for (int device = 0; device < devices; device++) {
      contenders.add(contender(random, speed, ways, heavy));
    }
    return new SiteGame(contenders, servers, models);
  }

  static Contender contender(SplittableRandom random, double[] speed, int ways, double heavy) {
    double framesPerSecond = Math.pow(10, random.nextDouble(-1, 0.3));
    double local = random.nextDouble(0.2, 2.2);
    List<Bid> bids = new ArrayList<>(List.of(Bid.local(local)));
    for (int host = 0; host < speed.length; host++) {
      double link = Math.pow(10, random.nextDouble(-1.7, 0));
      for (int way = 0; way < ways; way++) {
        double near = (double) way / ways;
        bids.add(
            new Bid(
                host,
                near * local + link * random.nextDouble(0.1, 1.1),
                (1 - near) * local / speed[host] * heavy,
                0.02 * random.nextDouble()));
      }
    }
    return new Contender(framesPerSecond, random.nextInt(3), bids);
  }
}
