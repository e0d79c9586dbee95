package io.cleave.testbed.bench;

import io.cleave.policies.matching.Bid;
import io.cleave.policies.matching.Contender;
import io.cleave.policies.matching.Host;
import io.cleave.policies.matching.SiteGame;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A site to be matched, drawn at random: cameras of unequal speed and frame rate, servers 3 to 30
 * times as fast, each camera with a link of its own to every server, most of them slow. Towards
 * each server there are two ways: send the picture and let it do all, or run half and send less. If
 * all went to the server that is best for them, servers would be busy for 1.5 times as long as
 * there is time. Every other server takes a quarter more than its share of the devices; each holds
 * two to four of the four models.
 */
final class MatchingSite {
  private static final double DEMAND = 1.5; // of the servers' time
  private static final List<Long> MODEL_BYTES =
      List.of(25_000_000L, 50_000_000L, 100_000_000L, 250_000_000L);

  private final SplittableRandom random;
  private final double[] speed; // [server] of the fastest camera's
  private final double workScale;
  private final List<Host> hosts = new ArrayList<>();

  MatchingSite(int devices, int servers, long seed) {
    random = new SplittableRandom(seed);
    speed = new double[servers];
    double capacity = 0;
    for (int server = 0; server < servers; server++) {
      speed[server] = Math.pow(10, random.nextDouble(0.5, 1.5));
      capacity += speed[server];
      int share = Math.max(1, devices * 5 / (4 * servers));
      int quota = server % 2 == 0 ? share : devices;
      hosts.add(new Host(quota, random.nextLong(200_000_000, 425_000_001), 0.5));
    }
    workScale = DEMAND * capacity / devices;
  }

  SiteGame game(int devices) {
    List<Contender> cameras = new ArrayList<>();
    for (int device = 0; device < devices; device++) {
      cameras.add(camera(random.nextInt(MODEL_BYTES.size())));
    }
    return new SiteGame(cameras, hosts, MODEL_BYTES);
  }

  /** A camera whose links are as they happen to be. */
  Contender camera(int model) {
    double framesPerSecond = Math.pow(10, random.nextDouble(-0.7, 0.5));
    double work = workScale / framesPerSecond * random.nextDouble(0.5, 1.5); // of the slowest
    double local = work * random.nextDouble(1, 4);
    List<Bid> bids = new ArrayList<>(List.of(Bid.local(local)));
    for (int server = 0; server < speed.length; server++) {
      double picture = local * Math.exp(random.nextDouble(-3, 1.5)); // seconds to send it
      bids.add(new Bid(server, picture, work / speed[server], 0));
      bids.add(new Bid(server, local / 2 + picture / 3, work / 2 / speed[server], 0));
    }
    return new Contender(framesPerSecond, model, bids);
  }
}
