"""What the actions of the ways up act on, as patterns of ARNs.

An action that acts on nothing of its own is allowed by a statement about ``*`` alone.
https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
"""

from functools import cache

ANY = "*"
_IAM = "arn:{partition}:iam::{account}:"
_EC2 = "arn:{partition}:ec2:*:{account}:"
_INSTANCE = f"{_EC2}instance/*"
_MANAGED = "arn:{partition}:ssm:*:{account}:managed-instance/*"
_AGENTS = "arn:{partition}:bedrock-agentcore:*:{account}:"
_DIRECTORY = f"{_AGENTS}workload-identity-directory/*"
_SSO = "arn:{partition}:sso:::"
_CLUSTER = "arn:{partition}:ecs:*:{account}:cluster/*"
_TASKS = "arn:{partition}:ecs:*:{account}:task/*"
_DEPLOYED = "arn:{partition}:codedeploy:*:{account}:"
_SCALED = "arn:{partition}:autoscaling:*:{account}:"
_BUILT = "arn:{partition}:imagebuilder:*:{account}:"

_Needs = tuple[tuple[str, ...], ...]
"""All of these, each by one of its patterns."""

_OF_A_TYPE = {
    "apprunner:": "service/*",
    "batch:RegisterJobDefinition": "job-definition/*",
    "batch:SubmitJob": "job-queue/*",
    "cloudformation:": "stack/*",
    "codebuild:": "project/*",
    "codestar:AssociateTeamMember": "project/*",
    "datapipeline:": "pipeline/*",
    "dynamodb:": "table/*",
    "ec2:AssociateIamInstanceProfile": "instance/*",
    "ec2:CreateKeyPair": "key-pair/*",
    "ec2:CreateLaunchTemplateVersion": "launch-template/*",
    "ec2:ModifyInstanceAttribute": "instance/*",
    "ec2:ModifyLaunchTemplate": "launch-template/*",
    "ec2:RequestSpotInstances": "spot-instances-request/*",
    "ec2:StartInstances": "instance/*",
    "ec2:StopInstances": "instance/*",
    "ecs:CreateCluster": "cluster/*",
    "ecs:CreateService": "service/*",
    "ecs:DeregisterContainerInstance": "cluster/*",
    "ecs:DescribeTasks": "task/*",
    "ecs:RegisterContainerInstance": "cluster/*",
    "ecs:RegisterTaskDefinition": "task-definition/*",
    "ecs:RunTask": "task-definition/*",
    "ecs:StartTask": "task-definition/*",
    "emr-serverless:StartJobRun": "/applications/*",
    "gamelift:RequestUploadCredentials": "build/*",
    "glue:CreateJob": "job/*",
    "glue:CreateSession": "session/*",
    "glue:CreateTrigger": "trigger/*",
    "glue:GetDevEndpoint": "devEndpoint/*",
    "glue:RunStatement": "session/*",
    "glue:StartJobRun": "job/*",
    "glue:UpdateDevEndpoint": "devEndpoint/*",
    "glue:UpdateJob": "job/*",
    "kinesisanalytics:StartApplication": "application/*",
    "lambda:": "function:*",
    "omics:StartRun": "run/*",
    "sagemaker:": "notebook-instance/*",
    "sagemaker:CreateNotebookInstanceLifecycleConfig": "notebook-instance-lifecycle-config/*",
    "sagemaker:CreateProcessingJob": "processing-job/*",
    "sagemaker:CreateTrainingJob": "training-job/*",
    "scheduler:": "schedule/*",
    "ssm:CreateDocument": "document/*",
    "ssm:ResumeSession": "session/*",
    "ssm:TerminateSession": "session/*",
    "states:": "stateMachine:*",
}
"""Action, or service for its other actions -> the resource part of what they act on."""

_ON_NOTHING = frozenset(
    {
        "bedrock-agentcore:ConnectBrowserAutomationStream",
        "bedrock-agentcore:CreateAgentRuntime",
        "bedrock-agentcore:CreateBrowser",
        "bedrock-agentcore:CreateCodeInterpreter",
        "bedrock-agentcore:CreateHarness",
        "cloudformation:CreateStackSet",
        "codestar:CreateProject",
        "codestar:CreateProjectFromTemplate",
        "cognito-identity:SetIdentityPoolRoles",
        "datapipeline:CreatePipeline",
        "ec2:DescribeInstances",
        "elasticmapreduce:RunJobFlow",
        "emr-serverless:CreateApplication",
        "gamelift:CreateBuild",
        "gamelift:CreateFleet",
        "glue:CreateDevEndpoint",
        "iam:ListRoles",
        "kinesisanalytics:CreateApplication",
        "lambda:CreateEventSourceMapping",
        "omics:CreateWorkflow",
        "sagemaker:ListNotebookInstances",
        "ssm:DescribeInstanceProperties",
        "ssm:DescribeSessions",
        "ssm:ListCommandInvocations",
        "ssm:ListCommands",
    }
)

_SPECIAL: dict[str, _Needs] = {
    "autoscaling:CreateAutoScalingGroup": ((f"{_SCALED}autoScalingGroup:*",),),
    "autoscaling:CreateLaunchConfiguration": ((f"{_SCALED}launchConfiguration:*",),),
    "autoscaling:UpdateAutoScalingGroup": ((f"{_SCALED}autoScalingGroup:*",),),
    "bedrock-agentcore:CreateAgentRuntimeEndpoint": ((f"{_AGENTS}runtime/*",),),
    "bedrock-agentcore:CreateWorkloadIdentity": (
        (f"{_DIRECTORY}/workload-identity/*",),
        (_DIRECTORY,),
    ),
    "bedrock-agentcore:GetAgentRuntime": ((f"{_AGENTS}runtime/*",),),
    "bedrock-agentcore:InvokeAgentRuntimeCommand": (
        (f"{_AGENTS}runtime/*",),
        (f"{_AGENTS}runtime/*/runtime-endpoint/*",),
    ),
    "bedrock-agentcore:InvokeCodeInterpreter": ((f"{_AGENTS}code-interpreter-custom/*",),),
    "bedrock-agentcore:StartBrowserSession": ((f"{_AGENTS}browser-custom/*",),),
    "bedrock-agentcore:StartCodeInterpreterSession": ((f"{_AGENTS}code-interpreter-custom/*",),),
    "braket:CreateJob": (
        ("arn:{partition}:braket:*:*:device/*",),
        ("arn:{partition}:braket:*:{account}:job/*",),
    ),
    "cloudformation:CreateStackInstances": (
        ("arn:{partition}:cloudformation:*:{account}:stackset/*",),
    ),
    "cloudformation:UpdateStackSet": (("arn:{partition}:cloudformation:*:{account}:stackset/*",),),
    "codedeploy:CreateDeployment": ((f"{_DEPLOYED}deploymentgroup:*",),),
    "codedeploy:GetDeploymentConfig": ((f"{_DEPLOYED}deploymentconfig:*",),),
    "codedeploy:RegisterApplicationRevision": ((f"{_DEPLOYED}application:*",),),
    "ec2-instance-connect:SendSSHPublicKey": ((_INSTANCE,),),
    "ec2-instance-connect:SendSerialConsoleSSHPublicKey": ((_INSTANCE,),),
    "ec2:RunInstances": (
        ("arn:{partition}:ec2:*::image/*",),
        (_INSTANCE,),
        (f"{_EC2}network-interface/*",),
        (f"{_EC2}security-group/*",),
        (f"{_EC2}subnet/*",),
    ),
    "ecs:ExecuteCommand": ((_CLUSTER,), (_TASKS,)),
    "iam:CreateServiceLinkedRole": ((f"{_IAM}role/*",),),
    "iam:CreateVirtualMFADevice": ((f"{_IAM}mfa/*",),),
    "iam:UpdateAssumeRolePolicy": ((f"{_IAM}role/*",),),
    "imagebuilder:CreateComponent": ((f"{_BUILT}component/*",),),
    "imagebuilder:CreateImage": ((f"{_BUILT}image/*",),),
    "imagebuilder:CreateImageRecipe": ((f"{_BUILT}image-recipe/*",),),
    "imagebuilder:CreateInfrastructureConfiguration": (
        (f"{_BUILT}infrastructure-configuration/*",),
    ),
    "s3:GetObject": (("arn:{partition}:s3:::*/*",),),
    "s3:PutObject": (("arn:{partition}:s3:::*/*",),),
    "sts:AssumeRole": ((f"{_IAM}role/*",),),
    "ssm:GetConnectionStatus": ((_INSTANCE, _MANAGED, _TASKS),),
    "ssm:SendCommand": (("arn:{partition}:ssm:*:*:document/*",), (_INSTANCE, _MANAGED)),
    "ssm:StartAutomationExecution": (
        ("arn:{partition}:ssm:*:*:document/*", "arn:{partition}:ssm:*:*:automation-definition/*"),
    ),
    "ssm:StartSession": ((_INSTANCE, _MANAGED, _TASKS),),
    "sso:AttachManagedPolicyToPermissionSet": (
        (f"{_SSO}instance/*",),
        (f"{_SSO}permissionSet/*",),
    ),
    "sso:CreateAccountAssignment": (
        (f"{_SSO}account/*",),
        (f"{_SSO}instance/*",),
        (f"{_SSO}permissionSet/*",),
    ),
    "sso:CreatePermissionSet": ((f"{_SSO}instance/*",), (f"{_SSO}permissionSet/*",)),
    "sso:PutInlinePolicyToPermissionSet": (
        (f"{_SSO}instance/*",),
        (f"{_SSO}permissionSet/*",),
    ),
}


@cache
def needs(action: str) -> _Needs:
    """What must be allowed for an action: on all of these, each by one of its patterns.

    ``{partition}`` and ``{account}`` are left open in them.

    Raises:
        KeyError: it is no action of a way up.
    """
    if action in _SPECIAL:
        return _SPECIAL[action]
    if action in _ON_NOTHING:
        return ((ANY,),)
    service = action.partition(":")[0]
    what = _OF_A_TYPE.get(action) or _OF_A_TYPE[f"{service}:"]
    return ((f"arn:{{partition}}:{service}:*:{{account}}:{what}",),)
