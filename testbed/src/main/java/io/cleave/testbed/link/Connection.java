package io.cleave.testbed.link;

import io.netty.channel.socket.SocketChannel;
import java.net.InetSocketAddress;

/** A connection through a link: the socket of whoever opened it, and the one to its target. */
final class Connection {
  private final InetSocketAddress target;
  private final Gate near;
  private final Gate far;
  private final Connections all;
  private int open = 2;
  private boolean broken;

  /**
   * @param nearSocket connected
   * @param farSocket not yet connected
   */
  Connection(
      Connections all,
      SocketChannel nearSocket,
      SocketChannel farSocket,
      InetSocketAddress target) {
    this.all = all;
    this.target = target;
    this.near = new Gate(this, nearSocket, all.up());
    this.far = new Gate(this, farSocket, all.down());
    all.up().enter(Cargo.sign(far, Cargo.Kind.OPEN));
  }

  InetSocketAddress target() {
    return target;
  }

  Gate opposite(Gate gate) {
    return gate == near ? far : near;
  }

  /** It did not end well. */
  void broke() {
    if (!broken) {
      broken = true;
      all.countDropped();
    }
  }

  /** One of the sockets is closed. */
  void closed() {
    open--;
    if (open == 0) {
      all.remove(this);
    }
  }

  void reset() {
    broke();
    near.abort();
    far.abort();
  }
}
