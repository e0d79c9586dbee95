package io.cleave.policies.tiling;

import io.cleave.policies.cost.Hop;
import io.cleave.policies.cost.SharedHop;
import io.cleave.policies.pieces.Funnel;
import io.cleave.policies.pieces.Making;
import io.cleave.policies.pieces.Piece;
import io.cleave.policies.plan.Codec;
import io.cleave.policies.plan.Handout;
import io.cleave.policies.plan.LinkState;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Sharing;
import io.cleave.policies.plan.Stage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who is expected to take which piece of a line, when each machine takes the next one as soon as it
 * is through with the one before.
 *
 * <p><b>Source:</b> the work stealing of DeepThings (Zhao, Barijough, Gerstlauer, TCAD 2018), which
 * is list scheduling (Graham, 1966). <b>Complexity:</b> O(pieces x machines x layers).
 * <b>Assumes</b> that rates and queues hold still, and that each helper has a link of its own.
 * <b>Differs:</b> the device that has the frame hands out, where in the paper a gateway tells who
 * has pieces left.
 */
final class Stealing {
  private static final double SAME_MOMENT_SECONDS = 1e-9; // less is rounding

  private final Observation observation;
  private final Codec codec;

  Stealing(Observation observation, Codec codec) {
    this.observation = observation;
    this.codec = codec;
  }

  /** All machines that can be reached take part; the helpers take first. */
  Sharing of(Funnel run, List<Piece> line) {
    List<Integer> crew = Crew.reached(observation);
    crew.add(Stage.DEVICE);
    double[] free = new double[observation.servers().size() + 1]; // [node]
    crew.forEach(node -> free[node] = node == Stage.DEVICE ? 0 : queueSeconds(node));
    boolean[] met = new boolean[free.length];
    List<Sharing.Share> shares = new ArrayList<>();
    Map<Piece, Double> back = new HashMap<>();
    for (Piece piece : line) {
      int next = firstIdle(crew, free, met);
      Making making = run.making(piece);
      if (!areBack(making.sources(), back, met[next] ? free[next] : 0)) {
        making = run.making(piece.as(Piece.Kind.PART));
      }
      free[next] += seconds(SharedHop.branch(making, next, observation, codec));
      back.put(piece, free[next]);
      met[next] = true;
      shares.add(new Sharing.Share(next, piece));
    }
    return new Sharing(shares, Handout.STOLEN);
  }

  private static boolean areBack(List<Piece> sources, Map<Piece, Double> back, double now) {
    return sources.stream()
        .allMatch(
            source ->
                Optional.ofNullable(back.get(source)).orElse(Double.POSITIVE_INFINITY)
                    <= now + SAME_MOMENT_SECONDS);
  }

  /** A helper takes its first piece at once, whatever waits there. */
  private static int firstIdle(List<Integer> crew, double[] free, boolean[] met) {
    int first = crew.get(0);
    for (int node : crew) {
      double idle = met[node] ? free[node] : 0;
      if (idle < (met[first] ? free[first] : 0)) {
        first = node;
      }
    }
    return first;
  }

  private double queueSeconds(int node) {
    return observation.node(node).queueSeconds();
  }

  /** There, its work, and back. */
  private double seconds(Hop.Branch branch) {
    if (branch.node() == Stage.DEVICE) {
      return branch.seconds();
    }
    LinkState link = observation.server(branch.node()).link();
    return codec.seconds(branch.upBits())
        + branch.upBits() / link.up().bitsPerSecond()
        + link.rttSeconds()
        + branch.seconds()
        + codec.seconds(branch.downBits())
        + branch.downBits() / link.down().bitsPerSecond();
  }
}
