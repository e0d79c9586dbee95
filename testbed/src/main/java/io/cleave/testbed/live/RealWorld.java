package io.cleave.testbed.live;

import io.cleave.testbed.experiment.Cell;
import io.cleave.testbed.experiment.World;
import java.util.List;
import java.util.Optional;

/** A world of real programs, whose agents write down more of a frame than results keep. */
public interface RealWorld extends World {
  /** What the agents wrote down of a cell that was run, in the order of the answers. */
  List<MeasuredFrame> measured(Cell cell);

  /**
   * What the device's machine was measured to draw, beside what the model says, in a sentence; that
   * nothing was measured where there is no meter, and nothing of a cell that was simulated.
   */
  Optional<String> energy(Cell cell);
}
