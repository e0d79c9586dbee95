package io.cleave.agents.serve;

import io.cleave.agents.data.InRounds;
import io.cleave.agents.data.Refusal;
import io.cleave.agents.data.Refused;
import io.cleave.agents.data.SliceAnswer;
import io.cleave.agents.data.SliceReference;
import io.cleave.agents.data.SliceTask;
import io.cleave.agents.data.Workbench;
import io.cleave.agents.dnn.Background;
import io.cleave.agents.dnn.Gate;
import io.cleave.agents.dnn.Model;
import io.cleave.agents.dnn.ModelMissingException;
import io.cleave.agents.dnn.ModelStore;
import io.cleave.agents.dnn.RoundParts;
import io.cleave.agents.dnn.SliceLibrary;
import io.cleave.agents.dnn.Step;
import io.cleave.agents.machine.Machine;
import io.cleave.agents.machine.Outcome;
import io.cleave.agents.machine.Run;
import io.cleave.agents.machine.SliceRun;
import io.cleave.agents.machine.Work;
import io.cleave.agents.probe.MeasuredRuns;
import io.cleave.policies.onnx.ModelFormatException;
import io.cleave.policies.profile.DeviceClass;
import io.cleave.policies.profile.LayerTimes;
import io.cleave.policies.wire.ModelReference;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Runs what devices ask for on this machine, in order of arrival. A slice must have been made ready
 * before: cutting and loading it while frames wait would hold up all of them. Thread-safe.
 */
public final class Bench implements AutoCloseable {
  private static final double NANOS = 1e9;

  private final Tools tools;
  private final KnownModels models;
  private final DeviceClass deviceClass;
  private final Map<String, LayerTimes> classTimes = new ConcurrentHashMap<>(); // by hash
  private final Exchanges exchanges = new Exchanges();
  private final Background preparing = new Background("cleave-serve-prepare");

  /**
   * What a server works with.
   *
   * @param store of models
   * @param library that holds their parts
   * @param machine that runs them
   * @param measured what runs took
   */
  public record Tools(
      ModelStore store, SliceLibrary library, Machine machine, MeasuredRuns measured) {}

  /**
   * @param deviceClass of the machine, whose times measured runs are compared with
   */
  public Bench(Tools tools, DeviceClass deviceClass) {
    this.tools = tools;
    this.models = new KnownModels(tools.store());
    this.deviceClass = deviceClass;
  }

  /** For the data plane. */
  public Workbench workbench() {
    return new Workbench(this::run, this::prepare);
  }

  /** A device said that it has this network. */
  public void know(ModelReference model) {
    models.know(model);
  }

  /** Seconds until new work would begin. */
  public double queueSeconds() {
    return tools.machine().queueSeconds();
  }

  private CompletableFuture<SliceAnswer> run(SliceTask task) {
    if (task.key().handOver().isPresent()) {
      return exchanges.handOver(task);
    }
    SliceReference slice = task.slice();
    Model model =
        models
            .opened(slice.modelSha256())
            .filter(known -> ready(known, slice))
            .orElseThrow(
                () ->
                    new Refused(
                        Refusal.NOT_PREPARED,
                        "This part of the model is not ready here. Ask for it to be prepared."));
    Machine machine = tools.machine();
    long arrival = machine.nanos();
    double left =
        task.timeLeft().map(time -> time.toNanos() / NANOS).orElse(Double.POSITIVE_INFINITY);
    if (slice.rounds().isPresent()) {
      return inRounds(task, model, parts(model, slice.rounds().get()), arrival + left * NANOS);
    }
    Work work = Work.of(arrival, new SliceRun(model, slice.steps(), task.inputs()));
    Run run = machine.submit(work.startingWithin(left));
    CompletableFuture<SliceAnswer> answer =
        run.outcome().thenApply(done -> answer(model, slice.steps(), done));
    CompletionStage<SliceAnswer> end = answer;
    end.whenComplete(
        (done, failure) -> {
          if (answer.isCancelled()) {
            run.cancel();
          }
        });
    return answer;
  }

  /** Each round is work that arrived when the order did, and must begin before its deadline. */
  private CompletableFuture<SliceAnswer> inRounds(
      SliceTask task, Model model, RoundParts parts, double deadlineNanos) {
    Machine machine = tools.machine();
    long arrival = machine.nanos();
    return exchanges.make(
        task,
        parts,
        (step, inputs, ended) -> {
          double left = Math.max(0, (deadlineNanos - machine.nanos()) / NANOS);
          Work work = Work.of(arrival, new SliceRun(model, List.of(step), inputs));
          Run run = machine.submit(work.startingWithin(left));
          CompletionStage<SliceAnswer> end =
              run.outcome()
                  .thenApplyAsync(done -> answer(model, List.of(step), done), exchanges.owner());
          end.whenComplete(ended);
          return run::cancel;
        });
  }

  private static RoundParts parts(Model model, InRounds rounds) {
    try {
      return new RoundParts(model.graph(), rounds.in(model.graph()), rounds.share());
    } catch (IllegalArgumentException none) {
      throw new Refused(Refusal.UNFIT, String.valueOf(none.getMessage()));
    }
  }

  private boolean ready(Model model, SliceReference slice) {
    return steps(model, slice).stream().allMatch(step -> tools.library().ready(model, step));
  }

  /** What is run for it: of a piece that is made in rounds each of them. */
  private static List<Step> steps(Model model, SliceReference slice) {
    return slice.rounds().map(rounds -> parts(model, rounds).steps()).orElse(slice.steps());
  }

  private SliceAnswer answer(Model model, List<Step> steps, Outcome outcome) {
    if (outcome instanceof Outcome.Finished finished) {
      Outcome.Times times = finished.times();
      tools.measured().add(model.graph(), steps, finished.stepSeconds(), classTimes(model));
      return new SliceAnswer(
          finished.tensors(),
          times.queueSeconds(),
          times.computeSeconds(),
          finished.left().map(Gate::tensor));
    } else if (outcome instanceof Outcome.Failed failed) {
      boolean unfit = failed.cause() instanceof IllegalArgumentException;
      throw new Refused(
          unfit ? Refusal.UNFIT : Refusal.FAILED, String.valueOf(failed.cause().getMessage()));
    } else if (outcome instanceof Outcome.Expired) {
      throw new Refused(Refusal.LATE, "The frame's deadline passed before its turn came.");
    }
    throw new Refused(Refusal.FAILED, "The work was called off.");
  }

  private LayerTimes classTimes(Model model) {
    return classTimes.computeIfAbsent(
        model.reference().sha256(), any -> deviceClass.profile().times(model.graph()));
  }

  private CompletableFuture<Void> prepare(List<SliceReference> slices) {
    return preparing.submit(() -> slices.forEach(this::prepare));
  }

  private void prepare(SliceReference slice) {
    try {
      Model model = models.open(slice.modelSha256());
      steps(model, slice).forEach(step -> tools.library().prepare(model, step));
    } catch (ModelMissingException missing) {
      throw new Refused(Refusal.UNKNOWN_MODEL, String.valueOf(missing.getMessage()));
    } catch (ModelFormatException | UncheckedIOException | IllegalArgumentException unusable) {
      throw new Refused(Refusal.UNFIT, String.valueOf(unusable.getMessage()));
    }
  }

  @Override
  public void close() {
    preparing.close();
    exchanges.close();
  }
}
