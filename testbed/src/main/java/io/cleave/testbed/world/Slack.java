package io.cleave.testbed.world;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The servers that were late for a frame: they are asked for nothing else in it. */
final class Slack {
  private final Frames frames;
  private final Map<Integer, Late> late = new HashMap<>(); // by the frame's slot

  private record Late(long frame, BitSet servers) {}

  Slack(Frames frames) {
    this.frames = frames;
  }

  /**
   * A server was late, or failed.
   *
   * @param server place in the scenario
   */
  void add(int frame, int server) {
    Late known = of(frame).orElseGet(() -> new Late(frames.number[frame], new BitSet()));
    known.servers().set(server);
    late.put(frame, known);
  }

  boolean holds(int frame, int server) {
    return of(frame).filter(known -> known.servers().get(server)).isPresent();
  }

  /** Slots are used again. */
  private Optional<Late> of(int frame) {
    return Optional.ofNullable(late.get(frame))
        .filter(known -> known.frame() == frames.number[frame]);
  }
}
