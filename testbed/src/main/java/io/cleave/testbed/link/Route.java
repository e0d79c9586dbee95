package io.cleave.testbed.link;

import java.net.InetSocketAddress;

/**
 * A way through a link.
 *
 * @param near where the link listens: connect here instead of to the target
 * @param target where connections end up
 */
public record Route(InetSocketAddress near, InetSocketAddress target) {
  /** The port at which the link listens. */
  public int localPort() {
    return near.getPort();
  }
}
