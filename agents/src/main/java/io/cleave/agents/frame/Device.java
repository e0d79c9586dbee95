package io.cleave.agents.frame;

import io.cleave.agents.data.DataClient;
import io.cleave.agents.dnn.Background;
import io.cleave.agents.dnn.Model;
import io.cleave.agents.dnn.SliceLibrary;
import io.cleave.agents.link.LinkStatus;
import io.cleave.agents.link.LinkTerms;
import io.cleave.agents.link.Links;
import io.cleave.agents.loop.Loop;
import io.cleave.agents.machine.Machine;
import io.cleave.agents.probe.MeasuredRuns;
import io.cleave.agents.settings.AgentSettings;
import io.cleave.agents.settings.DeviceSettings;
import io.cleave.agents.settings.HostPort;
import io.cleave.policies.answers.ExitStudy;
import io.cleave.policies.control.PlanInForce;
import io.cleave.policies.wire.Decision;
import io.cleave.policies.wire.FrameReport;
import io.cleave.policies.wire.LinkReport;
import io.cleave.policies.wire.LoadReport;
import io.cleave.transport.tensor.TensorValue;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The role of a device: takes frames, runs them under the plan in force, and knows its links. All
 * methods may be called by any thread; what they ask for happens on the loop.
 */
public final class Device implements AutoCloseable {
  private static final double DRAIN_SECONDS = 5;
  private static final double DRAIN_STEP_SECONDS = 0.05;

  private final Loop loop;
  private final Tools tools;
  private final Course safe;
  private final FrameCounts counts = new FrameCounts();
  private final Links links;
  private final Counsel counsel;
  private final Adoption adoption;
  private final FrameLoop frames;
  private final Background preparing = new Background("cleave-prepare");

  /**
   * What a device works with.
   *
   * @param model the network of its frames
   * @param library that holds the network's parts
   * @param machine that runs them
   * @param measured what runs took
   */
  public record Tools(Model model, SliceLibrary library, Machine machine, MeasuredRuns measured) {}

  /** What others are told of a device. */
  public record News(
      LoadReport load, List<LinkReport> links, FrameReport frames, long planVersion) {}

  /**
   * A device that has no frames yet.
   *
   * @param agent its settings
   * @param epoch of its session
   * @param log gets a record of each frame, on the loop
   */
  public Device(
      Loop loop, AgentSettings agent, long epoch, Tools tools, Consumer<FrameRecord> log) {
    DeviceSettings settings = agent.device().orElseThrow();
    this.loop = loop;
    this.tools = tools;
    Courses courses =
        new Courses(
            tools.model().graph(),
            tools.model().exits().map(ExitStudy::calibration),
            agent.machine().deviceClass());
    this.safe = courses.safe();
    Preparation preparation = new Preparation(loop, this::prepare, this::partsChanged);
    this.links =
        new Links(
            new LinkTerms(
                loop,
                agent.name(),
                epoch,
                tools.model().reference().sha256(),
                at -> new DataClient(at.host(), at.port(), Optional.empty(), loop::execute),
                preparation::forget,
                preparation::forget),
            settings.routes());
    PlanInForce inForce =
        new PlanInForce(
            safe.entry(), settings.limits().rule(), settings.demand().framesPerSecond());
    this.adoption = new Adoption(loop, courses, inForce, preparation);
    this.counsel = new Counsel(adoption, links, tools.measured(), safe, counts);
    DeviceRuns runs =
        new DeviceRuns(
            loop,
            new DeviceRuns.Engine(tools.machine(), tools.model()),
            courses,
            tools.measured(),
            this::startFrames);
    this.frames =
        new FrameLoop(
            loop,
            new FrameLoop.Crew(counsel, runs, sink -> new Journey(loop, runs, links, sink, counts)),
            new FrameLoop.Bounds(
                settings.limits().underWay(),
                settings.limits().waiting(),
                settings.demand().deadlineSeconds()),
            counts,
            log);
  }

  /** Makes the whole network ready, so that the first frame pays nothing; takes a while. */
  public void warmUp() {
    safe.parts().forEach(part -> tools.library().prepare(tools.model(), part.step()));
  }

  /** From now on the agent makes frames itself, too. */
  public void begin(Arriving arriving) {
    loop.execute(() -> frames.begin(arriving));
  }

  /** A frame that is missed may have been made meanwhile. */
  public void startFrames() {
    loop.execute(this::onStartFrames);
  }

  private void onStartFrames() {
    frames.startFrames();
  }

  /**
   * Takes a frame.
   *
   * @param inputs of the network, checked
   * @param deadlineSeconds from now; infinite for none
   * @return what becomes of it; {@link Overloaded} if too many wait
   */
  public CompletionStage<Answer> infer(List<TensorValue> inputs, double deadlineSeconds) {
    CompletableFuture<Answer> answer = new CompletableFuture<>();
    double now = loop.now();
    Frame.Request request =
        new Frame.Request(
            now, now + deadlineSeconds, inputs, OptionalInt.empty(), answer::complete);
    loop.execute(
        () -> {
          if (!frames.post(request)) {
            answer.completeExceptionally(new Overloaded());
          }
        });
    return answer;
  }

  /** A decision of the controller came in. */
  public void offer(Decision decision) {
    loop.execute(() -> adoption.offer(decision));
  }

  /** A server is there. */
  public void serverOnline(String server, long epoch, HostPort address) {
    loop.execute(() -> links.online(server, epoch, address));
  }

  /** A server's session is over. */
  public void serverOffline(String server, long epoch) {
    loop.execute(() -> links.offline(server, epoch));
  }

  /** Whether frames may leave the device. */
  public void offload(boolean allowed) {
    loop.execute(() -> counsel.offload(allowed));
  }

  /**
   * What the controller is told now; counts as told.
   *
   * @param epoch of the session in which it is told
   */
  public CompletionStage<News> news(long epoch) {
    return loop.ask(
        () -> {
          double slowdown = tools.measured().slowdown();
          LoadReport load = new LoadReport(frames.queueSeconds(slowdown), slowdown);
          return new News(load, links.report(), frames.report(epoch), adoption.version());
        });
  }

  /** How each link does. */
  public CompletionStage<Map<String, LinkStatus>> links() {
    return loop.ask(links::status);
  }

  /** Tensors that went up raw, since a plan's codec could not say their values. */
  public long rawTensors() {
    return links.rawTensors();
  }

  public FrameCounts counts() {
    return counts;
  }

  public AdoptionCounts plans() {
    return adoption.counts();
  }

  public Model model() {
    return tools.model();
  }

  private CompletionStage<Void> prepare(Part part) {
    return part.server().isPresent()
        ? links.prepare(part.server().get(), part.step())
        : preparing.submit(() -> tools.library().prepare(tools.model(), part.step()));
  }

  private void partsChanged() {
    adoption.settle();
  }

  /**
   * Takes no more frames, and waits until those under way are answered, a few seconds at most; then
   * ends all calls.
   */
  @Override
  public void close() {
    double patience = loop.now() + DRAIN_SECONDS;
    CompletableFuture<Void> end = new CompletableFuture<>();
    loop.execute(() -> end(patience, end));
    end.orTimeout(2 * (long) DRAIN_SECONDS, TimeUnit.SECONDS).exceptionally(late -> null).join();
    preparing.close();
  }

  private void end(double patience, CompletableFuture<Void> end) {
    if (frames.drained() || loop.now() > patience) {
      links.close();
      end.complete(null);
    } else {
      loop.after(DRAIN_STEP_SECONDS, () -> end(patience, end));
    }
  }
}
