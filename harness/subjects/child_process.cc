#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <thread>

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <seedproof/harness/subjects/child_process.h>
#include <seedproof/rng/values/error.h>

namespace seedproof {

namespace {

/// No program makes this one eat memory: longest line, and all that is read.
constexpr std::size_t kMaxLine = std::size_t{1} << 20;
constexpr std::size_t kMaxOutput = std::size_t{1} << 26;

using Clock = std::chrono::steady_clock;

class Descriptor {
 public:
  Descriptor() = default;
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() { close(); }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  void reset(int number) {
    close();
    number_ = number;
  }
  void close() {
    if (number_ >= 0) ::close(number_);
    number_ = -1;
  }
  int get() const { return number_; }

 private:
  int number_ = -1;
};

/// A pair of sockets, not a pipe: writing to a program that does not read raises no signal then.
struct Channel {
  Descriptor ours, theirs;
  Channel() {
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) {
      throw IoError(std::string("socketpair: ") + std::strerror(errno));
    }
    ours.reset(ends[0]);
    theirs.reset(ends[1]);
  }
};

class SpawnActions {
 public:
  SpawnActions() { posix_spawn_file_actions_init(&actions_); }
  ~SpawnActions() { posix_spawn_file_actions_destroy(&actions_); }
  SpawnActions(const SpawnActions&) = delete;
  SpawnActions& operator=(const SpawnActions&) = delete;
  posix_spawn_file_actions_t* get() { return &actions_; }

 private:
  posix_spawn_file_actions_t actions_;
};

std::vector<char*> pointers(const std::vector<std::string>& texts) {
  std::vector<char*> out;
  for (const std::string& text : texts) out.push_back(const_cast<char*>(text.c_str()));
  out.push_back(nullptr);
  return out;
}

/// Killed and waited for, whatever happens.
class Child {
 public:
  explicit Child(pid_t process) : process_(process) {}
  ~Child() {
    if (process_ <= 0) return;
    kill(process_, SIGKILL);
    while (waitpid(process_, nullptr, 0) < 0 && errno == EINTR) {
    }
  }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  /// Its status; throws when it has not ended in time.
  int wait(Clock::time_point deadline) {
    int status = 0;
    while (true) {
      const pid_t ended = waitpid(process_, &status, WNOHANG);
      if (ended == process_) break;
      if (ended < 0 && errno != EINTR)
        throw IoError(std::string("waitpid: ") + std::strerror(errno));
      if (Clock::now() >= deadline) throw IoError("closed its output and did not end in time");
      std::this_thread::sleep_for(std::chrono::microseconds(200));
    }
    process_ = -1;
    return status;
  }

 private:
  pid_t process_;
};

pid_t spawn(const std::string& program, const std::vector<std::string>& arguments,
            const std::vector<std::string>& environment, const Channel& in, const Channel& out) {
  SpawnActions actions;
  posix_spawn_file_actions_adddup2(actions.get(), in.theirs.get(), STDIN_FILENO);
  posix_spawn_file_actions_adddup2(actions.get(), out.theirs.get(), STDOUT_FILENO);
  posix_spawn_file_actions_addopen(actions.get(), STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_addchdir_np(actions.get(), "/");
  std::vector<std::string> words = {"seedproof"};
  words.insert(words.end(), arguments.begin(), arguments.end());
  pid_t process = -1;
  const int error = posix_spawn(&process, program.c_str(), actions.get(), nullptr,
                                pointers(words).data(), pointers(environment).data());
  if (error != 0) throw IoError("cannot start '" + program + "': " + std::strerror(error));
  return process;
}

/// Feeds and reads until the program closes its standard output.
class Conversation {
 public:
  Conversation(Channel& in, Channel& out, const std::string& input, Clock::time_point deadline)
      : in_(in.ours), out_(out.ours), input_(input), deadline_(deadline) {}

  void run(const std::function<void(const std::string&)>& line) {
    while (true) {
      pollfd ends[2] = {{out_.get(), POLLIN, 0}, {in_.get(), POLLOUT, 0}};
      const int ready = poll(ends, in_.get() >= 0 ? 2 : 1, milliseconds_left());
      if (ready < 0 && errno == EINTR) continue;
      if (ready < 0) throw IoError(std::string("poll: ") + std::strerror(errno));
      if (ready == 0 || Clock::now() >= deadline_) throw IoError("not done in time");
      if (ends[1].revents != 0) feed();
      if (ends[0].revents != 0 && !read_some(line)) return;
    }
  }

 private:
  int milliseconds_left() const {
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(deadline_ - Clock::now());
    return static_cast<int>(std::max<std::int64_t>(0, left.count()));
  }

  void feed() {
    const ssize_t count =
        send(in_.get(), input_.data() + fed_, input_.size() - fed_, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (count > 0) fed_ += static_cast<std::size_t>(count);
    if (fed_ == input_.size() || (count < 0 && errno != EAGAIN && errno != EINTR)) in_.close();
  }

  bool read_some(const std::function<void(const std::string&)>& line) {
    char buffer[8192];
    const ssize_t count = read(out_.get(), buffer, sizeof buffer);
    if (count < 0 && errno == EINTR) return true;
    if (count < 0) throw IoError(std::string("read: ") + std::strerror(errno));
    if (count == 0) {
      if (!rest_.empty()) line(rest_);
      return false;
    }
    read_ += static_cast<std::size_t>(count);
    rest_.append(buffer, static_cast<std::size_t>(count));
    std::size_t begin = 0;
    for (std::size_t end; (end = rest_.find('\n', begin)) != std::string::npos; begin = end + 1) {
      line(rest_.substr(begin, end - begin));
    }
    rest_.erase(0, begin);
    if (rest_.size() > kMaxLine) throw IoError("a line of more than 1 MiB");
    if (read_ > kMaxOutput) throw IoError("more than 64 MiB of output");
    return true;
  }

  Descriptor& in_;
  Descriptor& out_;
  const std::string& input_;
  Clock::time_point deadline_;
  std::size_t fed_ = 0;
  std::string rest_;
  std::size_t read_ = 0;
};

}  // namespace

ChildOutcome run_child(const std::string& program, const std::vector<std::string>& arguments,
                       const std::vector<std::string>& environment, const std::string& input,
                       double timeout_seconds,
                       const std::function<void(const std::string&)>& line) {
  const Clock::time_point deadline =
      Clock::now() +
      std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(timeout_seconds));
  Channel in;
  Channel out;
  Child child(spawn(program, arguments, environment, in, out));
  in.theirs.close();
  out.theirs.close();
  Conversation(in, out, input, deadline).run(line);
  const int status = child.wait(deadline);
  if (WIFSIGNALED(status)) {
    return {"ended by signal " + std::to_string(WTERMSIG(status)) + " (" +
            strsignal(WTERMSIG(status)) + ")"};
  }
  if (WEXITSTATUS(status) != 0) {
    return {"ended with exit code " + std::to_string(WEXITSTATUS(status))};
  }
  return {};
}

}  // namespace seedproof
