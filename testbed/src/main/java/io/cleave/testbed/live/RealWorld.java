package io.cleave.testbed.live;

import io.cleave.testbed.experiment.Cell;
import io.cleave.testbed.experiment.World;
import java.util.List;

/** A world of real programs, whose agents write down more of a frame than results keep. */
public interface RealWorld extends World {
  /** What the agents wrote down of a cell that was run, in the order of the answers. */
  List<MeasuredFrame> measured(Cell cell);
}
