package io.cleave.broker;

import com.hivemq.extension.sdk.api.ExtensionMain;
import com.hivemq.extension.sdk.api.auth.SimpleAuthenticator;
import com.hivemq.extension.sdk.api.auth.parameter.SimpleAuthInput;
import com.hivemq.extension.sdk.api.auth.parameter.SimpleAuthOutput;
import com.hivemq.extension.sdk.api.client.parameter.Listener;
import com.hivemq.extension.sdk.api.packets.connect.ConnackReasonCode;
import com.hivemq.extension.sdk.api.packets.connect.ConnectPacket;
import com.hivemq.extension.sdk.api.parameter.ExtensionStartInput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStartOutput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStopInput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStopOutput;
import com.hivemq.extension.sdk.api.services.Services;
import com.hivemq.extension.sdk.api.services.admin.AdminService;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Properties;

/** Our extension of the broker: knows the port that was taken, and who may come in. */
final class Gate implements ExtensionMain {
  private final Properties accounts;
  private volatile Optional<AdminService> broker = Optional.empty();

  Gate(Properties accounts) {
    this.accounts = accounts;
  }

  @Override
  public void extensionStart(ExtensionStartInput input, ExtensionStartOutput output) {
    broker = Optional.of(Services.adminService());
    if (!accounts.isEmpty()) {
      SimpleAuthenticator door = this::admit;
      Services.securityRegistry().setAuthenticatorProvider(connection -> door);
    }
  }

  @Override
  public void extensionStop(ExtensionStopInput input, ExtensionStopOutput output) {
    broker = Optional.empty();
  }

  /** The port of the one listener; after the start, so that any free port has become one. */
  int port() {
    return broker
        .flatMap(open -> open.getServerInformation().getListener().stream().findFirst())
        .map(Listener::getPort)
        .orElseThrow(() -> new IllegalStateException("The broker listens nowhere."));
  }

  private void admit(SimpleAuthInput input, SimpleAuthOutput output) {
    ConnectPacket connect = input.getConnectPacket();
    Optional<String> password =
        connect.getPassword().map(bytes -> StandardCharsets.UTF_8.decode(bytes).toString());
    if (connect.getUserName().map(accounts::getProperty).equals(password) && password.isPresent()) {
      output.authenticateSuccessfully();
    } else {
      output.failAuthentication(ConnackReasonCode.BAD_USER_NAME_OR_PASSWORD);
    }
  }
}
