package io.cleave.agents;

import io.cleave.agents.dnn.Model;
import io.cleave.agents.frame.Arriving;
import io.cleave.agents.frame.Device;
import io.cleave.agents.frame.FrameFile;
import io.cleave.agents.frame.FrameRecord;
import io.cleave.agents.settings.AgentSettings;
import io.cleave.agents.settings.DeviceSettings;
import io.cleave.agents.settings.FrameSettings;
import io.cleave.agents.settings.SettingsException;
import io.cleave.agents.source.ArrivalClock;
import io.cleave.agents.source.Content;
import io.cleave.agents.source.DirectoryFrames;
import io.cleave.agents.source.FrameFeed;
import io.cleave.agents.source.LabelledFrames;
import io.cleave.policies.control.PlanInForce;
import io.cleave.policies.memory.Need;
import io.cleave.policies.memory.SliceNeed;
import io.cleave.policies.onnx.ModelFormatException;
import io.cleave.policies.wire.Capabilities;
import io.cleave.policies.wire.ModelReference;
import io.cleave.transport.frames.ImageException;
import io.cleave.transport.frames.ImageFolder;
import io.cleave.transport.frames.ImageTensor;
import io.cleave.transport.frames.SeededFrames;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import org.jboss.logging.Logger;

/** An agent that has frames, and where they come from. */
final class DeviceRole implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(DeviceRole.class);

  private final DeviceSettings settings;
  private final Workshop workshop;
  private final Device device;
  private final Optional<FrameFile> file;
  private final Optional<LongFunction<Content>> maker;
  private Optional<FrameFeed> feed = Optional.empty();

  private DeviceRole(
      DeviceSettings settings, Workshop workshop, Device device, Optional<FrameFile> file) {
    this.settings = settings;
    this.workshop = workshop;
    this.device = device;
    this.file = file;
    this.maker = maker(settings.frames(), device.model());
  }

  static DeviceRole start(AgentSettings agent, long epoch, Workshop workshop) {
    DeviceSettings settings = agent.device().orElseThrow();
    Model model = open(settings, workshop);
    warnOfRoom(model, workshop.memoryBytes());
    Optional<FrameFile> file = settings.framesFile().map(FrameFile::new);
    Consumer<FrameRecord> log = record -> file.ifPresent(lines -> lines.accept(record));
    Device.Tools tools =
        new Device.Tools(model, workshop.library(), workshop.machine(), workshop.measured());
    Device device = new Device(workshop.loop(), agent, epoch, tools, log);
    device.warmUp();
    return new DeviceRole(settings, workshop, device, file);
  }

  private static void warnOfRoom(Model model, long memoryBytes) {
    Need alone = SliceNeed.of(model.graph(), model.graph().all());
    if (alone.bytes() > memoryBytes) {
      LOG.warnf(
          "%s needs %s, and this device has %s: it may fail whenever nobody helps. Maybe raise cleave.agent.memory-mib, or take a smaller network.",
          model.graph().name(), alone, Need.mebibytes(memoryBytes));
    }
  }

  private static Model open(DeviceSettings settings, Workshop workshop) {
    try {
      return workshop.store().open(settings.model(), settings.inputShapes());
    } catch (ModelFormatException | UncheckedIOException | IllegalArgumentException unusable) {
      Throwable cause = unusable.getCause() == null ? unusable : unusable.getCause();
      throw new SettingsException(
          "cleave.agent.model: %s cannot be used: %s"
              .formatted(settings.model(), cause.getMessage()));
    }
  }

  private static Optional<LongFunction<Content>> maker(FrameSettings settings, Model model) {
    try {
      if (settings.source() instanceof FrameSettings.Seeded) {
        SeededFrames seeded = new SeededFrames(model.graph(), settings.seed());
        return Optional.of(frame -> Content.of(seeded.apply(frame)));
      } else if (settings.source() instanceof FrameSettings.Directory directory) {
        ImageTensor images = new ImageTensor(model.graph(), model.brightness());
        DirectoryFrames files = new DirectoryFrames(new ImageFolder(directory.folder(), images));
        return Optional.of(frame -> Content.of(files.apply(frame)));
      }
      if (settings.source() instanceof FrameSettings.Labelled labelled) {
        return Optional.of(new LabelledFrames(model.graph(), labelled, settings.seed()));
      }
      return Optional.empty();
    } catch (ImageException unusable) {
      throw new SettingsException("cleave.agent.frames: " + unusable.getMessage());
    }
  }

  Device device() {
    return device;
  }

  ModelReference reference() {
    return device.model().reference();
  }

  Capabilities.Wish wish() {
    return new Capabilities.Wish(reference(), settings.demand());
  }

  /** Frames come in from now on, if it makes any. */
  void begin() {
    maker.ifPresent(this::begin);
  }

  private void begin(LongFunction<Content> frames) {
    FrameFeed made = new FrameFeed(frames, device::startFrames);
    feed = Optional.of(made);
    double start =
        settings.frames().start().map(PlanInForce::seconds).orElseGet(() -> workshop.loop().now());
    device.begin(new Arriving(clock(), clock(), made, start));
  }

  private ArrivalClock clock() {
    FrameSettings frames = settings.frames();
    double end =
        frames.during().map(time -> time.toNanos() * 1e-9).orElse(Double.POSITIVE_INFINITY);
    return new ArrivalClock(
        frames.arrivals(), settings.demand().framesPerSecond(), frames.seed(), end);
  }

  @Override
  public void close() {
    feed.ifPresent(FrameFeed::close);
    device.close();
    file.ifPresent(FrameFile::close);
  }
}
