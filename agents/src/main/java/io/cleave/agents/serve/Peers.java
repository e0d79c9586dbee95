package io.cleave.agents.serve;

import io.cleave.agents.data.CallListener;
import io.cleave.agents.data.DataCall;
import io.cleave.agents.data.DataClient;
import io.cleave.agents.data.Outcome;
import io.cleave.agents.data.RunOrder;
import io.cleave.agents.data.RunResult;
import io.cleave.agents.settings.HostPort;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Connections to other servers, for what is handed over. One that was not used for longest is
 * closed if there are too many. Owned by one thread.
 */
final class Peers implements AutoCloseable {
  private static final int MOST = 64;

  private final Executor owner;
  private final Map<HostPort, DataClient> clients = new LinkedHashMap<>(16, 0.75f, true);

  /**
   * @param owner on which it is told how calls end
   */
  Peers(Executor owner) {
    this.owner = owner;
  }

  /** Begins to hand something over. */
  DataCall give(HostPort at, RunOrder order, Consumer<Outcome<RunResult>> ended) {
    DataClient client =
        clients.computeIfAbsent(
            at, address -> new DataClient(at.host(), at.port(), Optional.empty(), owner));
    if (clients.size() > MOST) {
      HostPort oldest = clients.keySet().iterator().next();
      Optional.ofNullable(clients.remove(oldest)).ifPresent(DataClient::close);
    }
    return client.run(order, CallListener.atEnd(ended));
  }

  @Override
  public void close() {
    clients.values().forEach(DataClient::close);
    clients.clear();
  }
}
