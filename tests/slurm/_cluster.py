"""A throw-away Slurm of several nodes on this machine: no systemd, no cgroups, no slurmdbd, nothing written to /etc."""
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import time

CONFIG = """ClusterName=homeward-test
SlurmctldHost={host}(127.0.0.1)
SlurmctldPort={port}
SlurmdPort={slurmd_port}
SlurmUser={user}
SlurmdUser={user}
AuthType=auth/munge
AuthInfo=socket={folder}/munge/socket,cred_expire=5
CredType=cred/munge
StateSaveLocation={folder}/ctld
SlurmdSpoolDir={folder}/spool.%n
SlurmctldPidFile={folder}/run/slurmctld.pid
SlurmdPidFile={folder}/run/slurmd.%n.pid
SlurmctldLogFile={folder}/log/slurmctld.log
SlurmdLogFile={folder}/log/slurmd.%n.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
MpiDefault=none
SwitchType=switch/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
JobCompType=jobcomp/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
SchedulerType=sched/backfill
SchedulerParameters=sched_interval=1,sched_min_interval=0,batch_sched_delay=0,bf_interval=1,defer_batch
ReturnToService=2
InactiveLimit=0
KillWait=2
MinJobAge={min_job_age}
MaxArraySize={max_array_size}
MaxJobCount={max_job_count}
CompleteWait=0
JobRequeue=1
SlurmctldTimeout=30
SlurmdTimeout={slurmd_timeout}
SlurmdParameters=config_overrides
{nodes}
PartitionName=main Nodes=n[1-{count}] Default=YES MaxTime=INFINITE State=UP OverSubscribe=NO
"""


class Cluster:
    """Up in the constructor, down in close(); env has what the commands of Slurm need to find it."""

    def __init__(self, folder, nodes=4, max_array_size=1001, max_job_count=10000, slurmd_timeout=10,
                 min_job_age=3600):
        self.folder = pathlib.Path(folder)
        self.names = [f"n{i + 1}" for i in range(nodes)]
        for name in ("munge", "ctld", "log", "run", "cg", *(f"spool.{node}" for node in self.names)):
            (self.folder / name).mkdir(parents=True)
        for path in (self.folder, self.folder / "munge"):
            path.chmod(0o755)
        key = self.folder / "munge/key"
        key.write_bytes(os.urandom(128))
        key.chmod(0o600)
        port = free_ports(nodes + 3)
        host = socket.gethostname().split(".")[0]
        lines = [f"NodeName={node} NodeHostname={host} NodeAddr=127.0.0.1 Port={port + 2 + i} CPUs=1 RealMemory=1000 "
                 "State=UNKNOWN" for i, node in enumerate(self.names)]
        user = subprocess.run(["id", "-un"], stdout=subprocess.PIPE, text=True, check=True).stdout.strip()
        (self.folder / "slurm.conf").write_text(CONFIG.format(
            host=host, port=port, slurmd_port=port + 1, user=user, folder=self.folder, nodes="\n".join(lines),
            count=nodes, max_array_size=max_array_size, max_job_count=max_job_count, slurmd_timeout=slurmd_timeout,
            min_job_age=min_job_age))
        # slurmd 22.05 starts a cgroup plugin in any case and dies without its folder.
        (self.folder / "cgroup.conf").write_text(f"CgroupPlugin=cgroup/v1\nCgroupMountpoint={self.folder}/cg\n")
        self.env = dict(os.environ, SLURM_CONF=str(self.folder / "slurm.conf"),
                        PATH=os.environ["PATH"] + ":/usr/sbin:/usr/bin")
        for name in list(self.env):
            if name.startswith(("SLURM_", "SBATCH_")) and name != "SLURM_CONF":
                del self.env[name]
        try:
            self._start()
        except BaseException:
            self.close()
            raise

    def _start(self):
        munge = self.folder / "munge"
        self.run("munged", f"--key-file={munge}/key", f"--socket={munge}/socket", f"--pid-file={munge}/munged.pid",
                 f"--log-file={munge}/munged.log", f"--seed-file={munge}/seed", "--num-threads=2")
        self.run("slurmctld", "-c", "-f", self.folder / "slurm.conf")
        for node in self.names:
            self.start_node(node)
        if not wait_for(lambda: self.states().count("idle") == len(self.names), 60):
            raise RuntimeError(f"the nodes did not become idle: {self.states()}")

    def run(self, *words, check=True):
        done = subprocess.run([str(word) for word in words], env=self.env, stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=120)
        if check and done.returncode != 0:
            raise RuntimeError(f"{words}: {done.stdout}")
        return done.stdout

    def start_node(self, node):
        self.run("slurmd", "-N", node, "-f", self.folder / "slurm.conf")

    def kill_node(self, node):
        """kill -9 of its slurmd; what runs there goes on, as Slurm has it."""
        os.kill(self._pid(f"run/slurmd.{node}.pid"), signal.SIGKILL)

    def states(self):
        return self.run("sinfo", "-h", "-N", "-o", "%t", check=False).split()

    def queue(self):
        return self.run("squeue", "-h", "-r", "-o", "%i %t %N").splitlines()

    def _pid(self, name):
        return int((self.folder / name).read_text())

    def close(self):
        if self._alive("run/slurmctld.pid"):
            self.run("scancel", "-u", self.run("id", "-un").strip(), check=False)
            wait_for(lambda: not self.queue(), 20)
        for name in (*(f"run/slurmd.{node}.pid" for node in self.names), "run/slurmctld.pid", "munge/munged.pid"):
            if not self._alive(name):
                continue
            os.kill(self._pid(name), signal.SIGTERM)
            if not wait_for(lambda name=name: not self._alive(name), 20):
                os.kill(self._pid(name), signal.SIGKILL)
        shutil.rmtree(self.folder, ignore_errors=True)

    def _alive(self, name):
        """A zombie is not alive, whatever kill -0 says."""
        try:
            stat = pathlib.Path(f"/proc/{self._pid(name)}/stat").read_text()
        except (OSError, ValueError):
            return False
        return stat.rpartition(")")[2].split()[0] not in "ZX"


def wait_for(holds, seconds):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if holds():
            return True
        time.sleep(0.2)
    return holds()


def free_ports(count):
    """The first of `count` ports in a row that nobody listens on."""
    for start in range(20000 + os.getpid() % 20000, 60000, count):
        sockets = []
        try:
            for port in range(start, start + count):
                one = socket.socket()
                sockets.append(one)
                one.bind(("127.0.0.1", port))
            return start
        except OSError:
            continue
        finally:
            for one in sockets:
                one.close()
    raise RuntimeError("no free ports")
