package io.cleave.agents.link;

import io.cleave.agents.data.HandOver;
import io.cleave.agents.data.InRounds;
import io.cleave.agents.dnn.Step;
import io.cleave.agents.settings.HostPort;
import io.cleave.policies.plan.Codec;
import io.cleave.policies.wire.LinkReport;
import io.cleave.transport.tensor.TensorValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** A device's links to all servers that it has heard of, by name. Owned by the loop. */
public final class Links {
  private final LinkTerms terms;
  private final Map<String, HostPort> routes;
  private final Map<String, Link> links = new TreeMap<>();
  private final AtomicLong raw = new AtomicLong();

  /**
   * @param routes where servers are reached instead of at the address that they give
   */
  public Links(LinkTerms terms, Map<String, HostPort> routes) {
    this.terms = terms;
    this.routes = Map.copyOf(routes);
  }

  /**
   * A stage of a frame for a server.
   *
   * @param frame number within the session
   * @param number that tells it from all others of the frame
   * @param work what is to be done
   * @param codec in which they cross, there and back
   * @param deadlineSeconds on the loop's clock; infinite for none
   * @param promisedBitsPerSecond of the uplink by which the plan was chosen; 0 if none
   */
  public record Stage(
      long frame,
      int number,
      Work work,
      Codec codec,
      double deadlineSeconds,
      double promisedBitsPerSecond) {}

  /**
   * What a server does for a stage.
   *
   * @param steps to be run, or of which something is handed over
   * @param inputs that they read, or what is handed over; none if something is asked for
   * @param rounds in which they are made; empty for in one go
   * @param handOver if nothing is run, but something handed over
   */
  public record Work(
      List<Step> steps,
      List<TensorValue> inputs,
      Optional<InRounds> rounds,
      Optional<HandOver> handOver) {
    public Work {
      steps = List.copyOf(steps);
      inputs = List.copyOf(inputs);
    }

    /** Steps that are run in one go. */
    public Work(List<Step> steps, List<TensorValue> inputs) {
      this(steps, inputs, Optional.empty(), Optional.empty());
    }
  }

  /** Where a server is reached; empty if it is not there. */
  public Optional<HostPort> address(String server) {
    return Optional.ofNullable(links.get(server)).filter(Link::open).flatMap(Link::address);
  }

  /** A server said that it is there; one that came anew forgets all it had ready. */
  public void online(String server, long epoch, HostPort address) {
    HostPort reached = routes.getOrDefault(server, address);
    links.computeIfAbsent(server, name -> new Link(name, terms)).online(epoch, reached);
  }

  /** A server, or the broker, said that this session of it is over. */
  public void offline(String server, long epoch) {
    Link link = links.get(server);
    if (link != null) {
      link.offline(epoch);
    }
  }

  /** True if all of them are there, as far as is known. */
  public boolean open(List<String> servers) {
    return servers.stream()
        .allMatch(server -> links.containsKey(server) && links.get(server).open());
  }

  /** The freshest estimate, what crosses right now included; 0 while unknown. */
  public double uplinkBitsPerSecond(String server) {
    Link link = links.get(server);
    return link == null ? 0 : link.uplinkBitsPerSecond();
  }

  /**
   * Sends a stage, behind those that wait for the same link.
   *
   * @param listener told on the loop, of nothing after the end
   * @return empty, and nobody is told, if the server is gone
   */
  public Optional<Errand> send(String server, Stage stage, Consumer<ErrandEvent> listener) {
    Link link = links.get(server);
    return link == null || !link.open()
        ? Optional.empty()
        : Optional.of(link.send(stage, event -> heard(event, listener)));
  }

  private void heard(ErrandEvent event, Consumer<ErrandEvent> listener) {
    if (event instanceof ErrandEvent.SentRaw sent) {
      raw.addAndGet(sent.tensors());
    } else {
      listener.accept(event);
    }
  }

  /** Tensors that went up raw, since a plan's codec could not say their values. From any thread. */
  public long rawTensors() {
    return raw.get();
  }

  /** Has a server make a step ready; fails at once if it is not there. */
  public CompletionStage<Void> prepare(String server, Step step) {
    Link link = links.get(server);
    return link == null
        ? CompletableFuture.failedStage(new IllegalStateException(server + " was never heard of"))
        : link.prepare(step);
  }

  /** What is known of each link that was measured. */
  public List<LinkReport> report() {
    List<LinkReport> reports = new ArrayList<>();
    links.forEach((server, link) -> link.report().ifPresent(reports::add));
    return reports;
  }

  /** How each link does, for metrics and health. */
  public Map<String, LinkStatus> status() {
    Map<String, LinkStatus> status = new TreeMap<>();
    links.forEach((server, link) -> status.put(server, link.status()));
    return status;
  }

  /** Ends all calls and connections. */
  public void close() {
    links.values().forEach(Link::close);
  }
}
