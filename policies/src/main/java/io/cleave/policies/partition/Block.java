package io.cleave.policies.partition;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A stretch of the network whose first vertex is on the device and whose last is remote: where the
 * cut runs in between is a minimum cut of a small flow network, prepared here once.
 *
 * <p>The network is that of DADS (Hu et al., INFOCOM 2019) with three corrections: what is pinned
 * is part of a terminal, a layer cannot run before what it reads (endless arcs backwards), and a
 * tensor with several readers is paid once (an auxiliary vertex). Smaller than published: the
 * lesser of a layer's two times is paid anyway and left out, a tensor that the last vertex reads
 * crosses whenever its producer is near, so it is part of the producer's price, and the arc of a
 * tensor with one reader carries the endless arc as its twin.
 */
final class Block {
  final int first; // on the device
  final int last; // remote; one beyond the sink if nothing is pinned there
  final FlowNetwork network;
  private final int[] intake; // [interior] slot of source -> vertex: cut if the vertex is remote
  private final int[] outlet; // [interior] slot of vertex -> target: cut if it is on the device
  private final double[] outletBits; // [interior] of its tensors that the last vertex reads
  private final double[] outletSeconds; // [interior] of the codec for these
  private final double directBits; // of the first vertex's tensors that the last one reads
  private final double directSeconds; // of the codec for these
  private final int[] tensors; // slots whose capacity is a tensor's transfer
  private final double[] tensorBits; // beside tensors
  private final double[] tensorSeconds; // of the codec, beside tensors
  private final int[] endless; // slots of infinite capacity

  private Block(Drawing drawing) {
    first = drawing.first;
    last = drawing.last;
    int[] slots = drawing.draft.slots();
    network = drawing.draft.network();
    int interior = last - first - 1;
    intake = new int[interior];
    outlet = new int[interior];
    for (int i = 0; i < interior; i++) {
      intake[i] = slots[2 * i];
      outlet[i] = slots[2 * i + 1];
    }
    outletBits = drawing.outletBits;
    outletSeconds = drawing.outletSeconds;
    directBits = drawing.directBits;
    directSeconds = drawing.directSeconds;
    tensors = drawing.tensors.stream().mapToInt(arc -> slots[arc]).toArray();
    tensorBits = drawing.tensorBits.stream().mapToDouble(Double::doubleValue).toArray();
    tensorSeconds = drawing.tensorSeconds.stream().mapToDouble(Double::doubleValue).toArray();
    endless =
        drawing.endless.stream()
            .mapToInt(arc -> arc >= 0 ? slots[arc] : network.twin[slots[~arc]])
            .toArray();
  }

  /** Prepares the stretch between two cut vertices, the sink counted as one. */
  static Block between(Skeleton skeleton, int first, int last) {
    return new Block(new Drawing(skeleton, first, last));
  }

  /** Prepares the whole network as one stretch with nothing pinned but the input. */
  static Block whole(Skeleton skeleton) {
    return between(skeleton, 0, skeleton.sink + 1);
  }

  /** Seconds that the interior costs wherever the cut runs, transfers apart. */
  double floor(double[] te, double[] tc) {
    double sum = 0;
    for (int v = first + 1; v < last; v++) {
      sum += Math.min(te[v], tc[v]);
    }
    return sum;
  }

  /**
   * The least cost of the interior and of all that crosses, without {@link #floor}; afterwards
   * {@link #near} tells which vertices run before the cut.
   *
   * @param limit cost from which on the caller does not care
   * @param guard difference in seconds below which costs count as equal
   * @return the cost, or some figure not below the limit
   */
  double minimum(double[] te, double[] tc, Toll toll, double limit, double guard, Dinic dinic) {
    double direct = toll.of(directBits, directSeconds);
    if (!(direct < limit)) {
      return limit;
    }
    double[] residual = dinic.residual;
    Arrays.fill(residual, 0, network.arcs(), 0);
    for (int i = 0; i < intake.length; i++) {
      double here = te[first + 1 + i];
      double there = tc[first + 1 + i];
      residual[intake[i]] = Math.max(0, there - here);
      residual[outlet[i]] = Math.max(0, here - there) + toll.of(outletBits[i], outletSeconds[i]);
    }
    for (int i = 0; i < tensors.length; i++) {
      residual[tensors[i]] = toll.of(tensorBits[i], tensorSeconds[i]);
    }
    for (int slot : endless) {
      residual[slot] = Double.POSITIVE_INFINITY;
    }
    return direct + dinic.maximum(network, limit - direct, guard);
  }

  /** True if the last minimum has this interior vertex on the device. */
  boolean near(int vertex, Dinic dinic) {
    return dinic.near(vertex - first + 1);
  }

  /** Draws a stretch: which arcs there are and what each means. */
  private static final class Drawing {
    final int first;
    final int last;
    final FlowNetwork.Draft draft = new FlowNetwork.Draft();
    final double[] outletBits;
    final double[] outletSeconds;
    double directBits;
    double directSeconds;
    final List<Integer> tensors = new ArrayList<>();
    final List<Double> tensorBits = new ArrayList<>();
    final List<Double> tensorSeconds = new ArrayList<>();
    final List<Integer> endless = new ArrayList<>(); // arc, or the complement of one for its twin

    Drawing(Skeleton skeleton, int first, int last) {
      this.first = first;
      this.last = last;
      outletBits = new double[last - first - 1];
      outletSeconds = new double[last - first - 1];
      for (int v = first + 1; v < last; v++) {
        draft.vertex(2 * v);
      }
      for (int v = first + 1; v < last; v++) {
        draft.arc(FlowNetwork.SOURCE, place(v));
        draft.arc(place(v), FlowNetwork.TARGET);
      }
      for (int t = 0; t < skeleton.tensors(); t++) {
        if (first <= skeleton.producer[t] && skeleton.producer[t] < last) {
          draw(skeleton, t);
        }
      }
      if (skeleton.sink < last) {
        for (int answer : skeleton.answers) {
          endless(skeleton.sink, skeleton.producer[answer]);
        }
      }
    }

    private int place(int vertex) {
      return vertex == first ? FlowNetwork.SOURCE : vertex - first + 1;
    }

    private void draw(Skeleton skeleton, int t) {
      int producer = skeleton.producer[t];
      int from = skeleton.readersFrom[t];
      int to = skeleton.readersFrom[t + 1];
      if (from == to) {
        return;
      }
      if (skeleton.readers[to - 1] == last) { // readers ascend
        if (producer == first) {
          directBits += skeleton.bits[t];
          directSeconds += skeleton.codecSeconds[t];
        } else {
          outletBits[producer - first - 1] += skeleton.bits[t];
          outletSeconds[producer - first - 1] += skeleton.codecSeconds[t];
        }
        for (int r = from; r < to - 1; r++) {
          endless(skeleton.readers[r], producer);
        }
      } else if (to - from == 1) {
        int arc = draft.arc(place(producer), place(skeleton.readers[from]));
        crosses(skeleton, t, arc);
        if (producer != first) {
          endless.add(~arc);
        }
      } else {
        drawShared(skeleton, t);
      }
    }

    /** A tensor with several readers crosses once: it is far if any of them is. */
    private void drawShared(Skeleton skeleton, int t) {
      int shared = draft.vertex(2 * skeleton.producer[t] + 1);
      crosses(skeleton, t, draft.arc(place(skeleton.producer[t]), shared));
      for (int r = skeleton.readersFrom[t]; r < skeleton.readersFrom[t + 1]; r++) {
        endless.add(draft.arc(shared, place(skeleton.readers[r])));
        endless(skeleton.readers[r], skeleton.producer[t]);
      }
    }

    private void crosses(Skeleton skeleton, int t, int arc) {
      tensors.add(arc);
      tensorBits.add(skeleton.bits[t]);
      tensorSeconds.add(skeleton.codecSeconds[t]);
    }

    /** A reader on the device forces the producer there too. */
    private void endless(int reader, int producer) {
      if (producer != first) {
        endless.add(draft.arc(place(reader), place(producer)));
      }
    }
  }
}
