package io.cleave.agents;

import io.cleave.agents.data.DataCounts;
import io.cleave.agents.data.DataEvent;
import io.cleave.agents.data.Refusal;
import io.cleave.agents.frame.Device;
import io.cleave.agents.machine.Machine;
import io.cleave.agents.meter.Meters;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleSupplier;

/** Shows the agent's counts at {@code /q/metrics}. */
@ApplicationScoped
final class AgentMetrics {
  private final MeterRegistry registry;
  private final Running running;
  private final AgentChannels channels;

  /** The registry itself would let go of them, and show 0 from then on. */
  private final List<DoubleSupplier> values = new ArrayList<>();

  @Inject
  AgentMetrics(MeterRegistry registry, Running running, AgentChannels channels) {
    this.registry = registry;
    this.running = running;
    this.channels = channels;
  }

  void started(@Observes StartupEvent event) {
    running.agent().device().ifPresent(this::device);
    running.agent().server().ifPresent(role -> dataPlane(role.plane().counts()));
    machine(running.agent().workshop().machine());
    memory(running.agent().workshop());
    Meters meters = running.agent().meters();
    meters.names().forEach(name -> count("cleave.energy.joules", name, () -> meters.joules(name)));
    count("cleave.reports", "sent", channels::sent);
    count("cleave.reports", "unsent", channels::unsent);
    count("cleave.messages", "malformed", running.inbox()::malformed);
    count("cleave.messages", "foreign", running.inbox()::foreign);
    count("cleave.loop", "failures", running.agent().workshop().loop()::failures);
  }

  private void memory(Workshop workshop) {
    Gauge.builder("cleave.memory.slices.bytes", workshop, w -> w.held().sliceBytes())
        .register(registry);
    Gauge.builder("cleave.memory.tensors.peak.bytes", workshop, w -> w.held().peakTensorBytes())
        .register(registry);
  }

  private void device(Device device) {
    String frames = "cleave.frames";
    count(frames, "submitted", device.counts()::submitted);
    count(frames, "completed", device.counts()::completed);
    count(frames, "late", device.counts()::late);
    count(frames, "offloaded", device.counts()::offloaded);
    count(frames, "rescued", device.counts()::rescued);
    count(frames, "failed", device.counts()::failed);
    count(frames, "refused", device.counts()::refused);
    count(frames, "hedged", device.counts()::hedges);
    count(frames, "hedge_won", device.counts()::hedgesWon);
    count(frames, "expired", device.counts()::expired);
    count(frames, "stage_failed", device.counts()::failedStages);
    count(frames, "withheld", device.counts()::withheld);
    count(frames, "piece_zeros", device.counts()::zeros);
    count(frames, "piece_reuses", device.counts()::reuses);
    count(frames, "tensor_raw", device::rawTensors);
    String plans = "cleave.plans";
    count(plans, "adopted", device.plans()::adopted);
    count(plans, "switched", device.plans()::switches);
    count(plans, "renewed", device.plans()::renewed);
    count(plans, "stale", device.plans()::stale);
    count(plans, "refused", device.plans()::refused);
    count(plans, "incomplete", device.plans()::incomplete);
  }

  private void dataPlane(DataCounts counts) {
    for (DataEvent event : DataEvent.values()) {
      count("cleave.calls", lower(event), () -> counts.count(event));
    }
    for (Refusal refusal : Refusal.values()) {
      count("cleave.calls.refused", lower(refusal), () -> counts.count(refusal));
    }
  }

  private void machine(Machine machine) {
    String runs = "cleave.runs";
    count(runs, "finished", () -> machine.tally().finished());
    count(runs, "overrun", () -> machine.tally().overruns());
    count(runs, "failed", () -> machine.tally().failed());
    count(runs, "expired", () -> machine.tally().expired());
    count(runs, "cancelled_waiting", () -> machine.tally().cancelledWaiting());
    count(runs, "cancelled_running", () -> machine.tally().cancelledRunning());
    String seconds = "cleave.machine.seconds";
    count(seconds, "busy", () -> machine.tally().busySeconds());
    count(seconds, "lost", () -> machine.tally().lostSeconds()); // by work that was called off
    count(seconds, "saved", () -> machine.tally().savedSeconds()); // since it was called off
    Gauge.builder("cleave.machine.queue.seconds", machine, Machine::queueSeconds)
        .register(registry);
  }

  private void count(String name, String what, DoubleSupplier value) {
    values.add(value);
    FunctionCounter.builder(name, value, DoubleSupplier::getAsDouble)
        .tag("what", what)
        .register(registry);
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
