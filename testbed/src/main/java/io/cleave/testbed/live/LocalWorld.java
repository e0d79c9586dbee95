package io.cleave.testbed.live;

import io.cleave.testbed.experiment.Cell;
import io.cleave.testbed.experiment.Experiment;
import io.cleave.testbed.world.FrameSink;
import io.cleave.testbed.world.Scenario;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Runs cells with the real controller and real agents as processes of this machine, one cell at a
 * time. The network between them is emulated, and so is the speed of their machines; everything
 * else is what it would be anywhere. The clairvoyant oracle, which no real program can be, is
 * simulated for as long as the real run took. See docs/live.md.
 */
public final class LocalWorld implements RealWorld {
  private final RealCells cells;

  /**
   * A world of an experiment's machines.
   *
   * @param logs folder that every program's log is written to
   * @param stop ends the run that is under way
   * @throws io.cleave.testbed.UserError if agents cannot play what the experiment asks for
   */
  public LocalWorld(
      Experiment experiment, LocalSettings settings, Path logs, Narrator narrator, Stop stop) {
    settings.checkThere();
    this.cells =
        new RealCells(
            experiment,
            settings,
            logs,
            plan -> {
              Ground ground = new ProcessGround(plan, narrator, stop);
              return new LiveRun(plan, narrator, stop, ground);
            });
  }

  @Override
  public String name() {
    return "local";
  }

  @Override
  public void run(Cell cell, Scenario scenario, FrameSink sink) {
    cells.run(cell, scenario, sink);
  }

  @Override
  public List<MeasuredFrame> measured(Cell cell) {
    return cells.measured(cell);
  }

  @Override
  public Optional<String> energy(Cell cell) {
    return cells.energy(cell);
  }
}
