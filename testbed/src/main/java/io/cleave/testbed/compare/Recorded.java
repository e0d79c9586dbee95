package io.cleave.testbed.compare;

import io.cleave.testbed.experiment.Cell;
import io.cleave.testbed.experiment.World;
import io.cleave.testbed.world.FrameRecord;
import io.cleave.testbed.world.FrameSink;
import io.cleave.testbed.world.Scenario;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A world whose frames are kept beside being handed on. Owned by one thread. */
final class Recorded implements World {
  private final World world;
  private final Map<Cell, List<FrameRecord>> frames = new HashMap<>();

  Recorded(World world) {
    this.world = world;
  }

  @Override
  public String name() {
    return world.name();
  }

  @Override
  public void run(Cell cell, Scenario scenario, FrameSink sink) {
    List<FrameRecord> kept = new ArrayList<>();
    frames.put(cell, kept);
    world.run(
        cell,
        scenario,
        frame -> {
          kept.add(frame);
          sink.accept(frame);
        });
  }

  /** The frames of a cell that was run, in the order of their answers. */
  List<FrameRecord> frames(Cell cell) {
    return frames.getOrDefault(cell, List.of());
  }
}
