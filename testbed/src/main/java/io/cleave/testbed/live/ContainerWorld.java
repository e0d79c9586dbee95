package io.cleave.testbed.live;

import io.cleave.testbed.experiment.Cell;
import io.cleave.testbed.experiment.Experiment;
import io.cleave.testbed.world.FrameSink;
import io.cleave.testbed.world.Scenario;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Runs cells like the {@linkplain LocalWorld local world}, with every program in a container of its
 * own: Mosquitto, controller, servers, the link emulator, and the device, which knows no address
 * but the emulator's. See docs/containers.md.
 */
public final class ContainerWorld implements RealWorld {
  private final RealCells cells;

  /**
   * A world of an experiment's machines.
   *
   * @param logs folder that every container's log is written to
   * @param conduct of the run
   * @param narrator is told what happens
   * @param stop ends the run that is under way
   * @throws io.cleave.testbed.UserError if there is no Docker engine, or agents cannot play what
   *     the experiment asks for
   */
  public ContainerWorld(
      Experiment experiment, Conduct conduct, Path logs, Narrator narrator, Stop stop) {
    this.cells =
        new RealCells(
            experiment,
            conduct.settings(),
            logs,
            plan ->
                new LiveRun(
                    plan,
                    narrator,
                    stop,
                    new ContainerGround(plan, conduct.engine(), narrator, stop)));
    conduct.engine().check();
  }

  /**
   * How a world is run.
   *
   * @param engine and its images
   * @param settings port and end
   */
  public record Conduct(ContainerEngine engine, LocalSettings settings) {
    /**
     * @param port of the dashboard at this machine's loopback; 0 for any free one
     */
    public static Conduct of(ContainerEngine engine, int port) {
      BrokerChoice inside = new BrokerChoice.Running("mosquitto", ContainerSettings.MQTT);
      return new Conduct(engine, LocalSettings.open(inside, port));
    }

    /** The same for as long as the experiment says. */
    public Conduct closed() {
      return new Conduct(engine, settings.closed());
    }
  }

  @Override
  public String name() {
    return "containers";
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
