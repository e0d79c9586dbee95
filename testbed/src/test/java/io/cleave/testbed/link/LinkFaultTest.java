package io.cleave.testbed.link;

import static io.cleave.testbed.link.NearEnd.bytes;
import static io.cleave.testbed.link.NearEnd.connect;
import static io.cleave.testbed.link.NearEnd.constant;
import static io.cleave.testbed.link.NearEnd.send;
import static io.cleave.testbed.link.NearEnd.trace;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60) // a bound for what hangs, no measure of speed
class LinkFaultTest {
  @Test
  void holdsSendersBackWhenItsQueueIsFull() throws Exception {
    QueueBound bound = new QueueBound(20_000, 0);
    try (FarEnd echo = FarEnd.echo();
        Link link = Link.open(trace(constant(8e6), 0.01), bound)) {
      Route route = link.route("127.0.0.1", echo.port());
      link.cut();
      List<Socket> sockets = new ArrayList<>();
      List<CompletableFuture<Void>> sending = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        Socket socket = connect(route);
        socket.setSendBufferSize(16 * 1024); // else the sender's kernel takes it all
        sockets.add(socket);
        sending.add(CompletableFuture.runAsync(() -> send(socket, 3_000_000)));
      }
      await().until(() -> link.counts().up().queuedBytes() >= 20_000);
      // The last turn that is let in may be longer than the room; an opening is 40 bytes.
      assertThat(link.counts().up().queuedBytes()).isLessThanOrEqualTo(20_000 + 512 + 4 * 40);
      assertThat(sending).noneMatch(CompletableFuture::isDone);
      assertThat(link.counts().up().arrivedBytes()).isZero();
      link.reset();
      for (Socket socket : sockets) {
        socket.close();
      }
      await().until(() -> sending.stream().allMatch(CompletableFuture::isDone));
    }
  }

  @Test
  void carriesNothingWhileCutAndEverythingAfterwards() throws Exception {
    try (FarEnd echo = FarEnd.echo();
        Link link = Link.open(trace(constant(40e6), 0.01), QueueBound.standard());
        Socket socket = connect(link.route("127.0.0.1", echo.port()))) {
      link.begin();
      socket.getOutputStream().write(new byte[1_000]);
      socket.getInputStream().readNBytes(1_000);
      link.cut();
      socket.getOutputStream().write(bytes(5, 10_000));
      await().until(() -> link.counts().up().enteredBytes() == 11_000);
      assertThat(link.counts().up().arrivedBytes()).isEqualTo(1_000);
      assertThat(socket.getInputStream().available()).isZero();
      link.restore();
      byte[] expected = bytes(5, 10_000);
      for (int i = 0; i < expected.length; i++) {
        expected[i]++;
      }
      assertThat(socket.getInputStream().readNBytes(10_000)).isEqualTo(expected);
      assertThat(link.counts().dropped()).isZero();
    }
  }

  @Test
  void opensNoConnectionAtTheFarEndWhileCut() throws Exception {
    CountDownLatch reached = new CountDownLatch(1);
    try (FarEnd server = FarEnd.of(socket -> reached.countDown());
        Link link = Link.open(trace(constant(8e6), 0), QueueBound.standard())) {
      link.cut();
      try (Socket socket = connect(link.route("127.0.0.1", server.port()))) {
        await().until(() -> link.counts().accepted() == 1);
        assertThat(reached.getCount()).isOne();
        link.restore();
        reached.await();
        assertThat(socket.getInputStream().read()).isEqualTo(-1);
      }
    }
  }

  @Test
  void breaksAllConnectionsOnReset() throws Exception {
    CompletableFuture<Throwable> far = new CompletableFuture<>();
    try (FarEnd server =
            FarEnd.of(
                socket -> {
                  try {
                    socket.getOutputStream().write(socket.getInputStream().read());
                    socket.getInputStream().read();
                  } catch (IOException e) {
                    far.complete(e);
                  }
                });
        Link link = Link.open(trace(constant(8e6), 0), QueueBound.standard());
        Socket socket = connect(link.route("127.0.0.1", server.port()))) {
      socket.getOutputStream().write(1);
      assertThat(socket.getInputStream().read()).isOne();
      link.reset();
      assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(IOException.class);
      assertThat(far.get()).isInstanceOf(IOException.class);
      assertThat(link.counts().dropped()).isOne();
      assertThat(link.counts().connections()).isZero();
    }
  }

  @Test
  void passesAResetOnAfterWhatWasSentBefore() throws Exception {
    try (FarEnd server =
            FarEnd.of(
                socket -> {
                  socket.getOutputStream().write(new byte[100]);
                  socket.getInputStream().read(); // the client has them now
                  socket.setSoLinger(true, 0);
                });
        Link link = Link.open(trace(constant(8e6), 0.01), QueueBound.standard());
        Socket socket = connect(link.route("127.0.0.1", server.port()))) {
      assertThat(socket.getInputStream().readNBytes(100)).hasSize(100);
      socket.getOutputStream().write(1);
      assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(IOException.class);
      await().until(() -> link.counts().connections() == 0);
      assertThat(link.counts().dropped()).isOne();
    }
  }

  @Test
  void breaksAConnectionWhoseTargetIsNotThere() throws Exception {
    int nobody;
    try (FarEnd gone = FarEnd.echo()) {
      nobody = gone.port();
    }
    try (Link link = Link.open(trace(constant(8e6), 0), QueueBound.standard());
        Socket socket = connect(link.route("127.0.0.1", nobody))) {
      assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(IOException.class);
      assertThat(link.counts().dropped()).isOne();
    }
  }

  @Test
  void isNotBlockedByAReceiverThatDoesNotRead() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    try (FarEnd stuck =
            FarEnd.of(
                socket -> {
                  try {
                    never.await();
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                });
        FarEnd echo = FarEnd.echo();
        Link link = Link.open(trace(constant(800e6), 0), QueueBound.standard());
        Socket waits = connect(link.route("127.0.0.1", stuck.port()));
        Socket talks = connect(link.route("127.0.0.1", echo.port()))) {
      CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> send(waits, 40_000_000));
      talks.getOutputStream().write(new byte[50_000]);
      assertThat(talks.getInputStream().readNBytes(50_000)).hasSize(50_000);
      assertThat(sending).isNotDone();
      never.countDown();
    }
  }

  @Test
  void leavesNeitherThreadNorPortWhenClosed() throws Exception {
    FarEnd echo = FarEnd.echo();
    Link link = Link.open(trace("closing", constant(8e6), 0), QueueBound.standard());
    Route route = link.route("127.0.0.1", echo.port());
    Socket socket = connect(route);
    socket.getOutputStream().write(new byte[100_000]);
    assertThat(threads("closing")).isNotEmpty();
    link.close();
    link.close(); // again: nothing happens
    assertThat(threads("closing")).isEmpty();
    assertThatThrownBy(() -> connect(route)).isInstanceOf(ConnectException.class);
    assertThatThrownBy(() -> socket.getInputStream().readAllBytes())
        .isInstanceOf(IOException.class);
    assertThatThrownBy(link::counts).isInstanceOf(RuntimeException.class);
    socket.close();
    echo.close();
  }

  private static List<String> threads(String name) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(Thread::isAlive)
        .map(Thread::getName)
        .filter(thread -> thread.contains(name))
        .toList();
  }

  @Test
  void refusesUnknownHostsAndTakenPorts() throws Exception {
    try (FarEnd echo = FarEnd.echo();
        Link link = Link.open(trace(constant(8e6), 0), QueueBound.standard())) {
      InetSocketAddress unknown = InetSocketAddress.createUnresolved("no-such-host", 1);
      assertThatThrownBy(() -> link.route(0, unknown))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("no-such-host");
      InetSocketAddress target =
          new InetSocketAddress(InetAddress.getLoopbackAddress(), echo.port());
      assertThatThrownBy(() -> link.route(echo.port(), target))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining(String.valueOf(echo.port()));
    }
  }
}
