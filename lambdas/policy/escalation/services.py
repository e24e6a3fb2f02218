"""Ways in which a principal has a service act for it, with a role that the service is given.

https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from lambdas.model.finding import Certainty
from lambdas.policy.escalation.path import Category, Path, Target

_Sets = Mapping[str, str]
"""Id -> actions, with spaces between; iam:PassRole goes without saying where a role is passed."""


@dataclass(frozen=True, slots=True)
class _Service:
    """The ways over one thing that a service does.

    ``principal`` is whom a role for it trusts, ``says`` completes "can ... with a role that it
    passes" and ``there`` the same where no role is passed. ``new`` need nothing that is there
    already, ``given`` need something for which a role can be passed, ``existing`` need something
    that has a role.
    """

    principal: str
    says: str
    there: str
    new: _Sets
    given: _Sets
    existing: _Sets


def _service(
    principal: str,
    says: str,
    *,
    there: str = " with the role of one that is there",
    new: _Sets | None = None,
    given: _Sets | None = None,
    existing: _Sets | None = None,
) -> _Service:
    whom = f"{principal}.amazonaws.com"
    return _Service(whom, says, there, new or {}, given or {}, existing or {})


_SERVICES = (
    _service(
        "tasks.apprunner",
        "run code as an App Runner service",
        new={
            "apprunner-001/createservice+passrole": "apprunner:CreateService",
            "apprunner-001/createservice+createservicelinkedrole+passrole": (
                "apprunner:CreateService iam:CreateServiceLinkedRole"
            ),
        },
        existing={"apprunner-002": "apprunner:UpdateService"},
    ),
    _service(
        "ec2",
        "start instances through an Auto Scaling group",
        new={
            "createautoscalinggroup+createlaunchconfiguration+passrole": (
                "autoscaling:CreateAutoScalingGroup autoscaling:CreateLaunchConfiguration"
            ),
        },
        given={
            "createlaunchconfiguration+updateautoscalinggroup+passrole": (
                "autoscaling:CreateLaunchConfiguration autoscaling:UpdateAutoScalingGroup"
            ),
        },
    ),
    _service(
        "ecs-tasks",
        "run code as a Batch job",
        given={
            "registerjobdefinition+submitjob+passrole": (
                "batch:RegisterJobDefinition batch:SubmitJob"
            ),
        },
        existing={"submitjob": "batch:SubmitJob"},
    ),
    _service(
        "bedrock-agentcore",
        "run code in a Bedrock code interpreter",
        new={
            "bedrock-001": (
                "bedrock-agentcore:CreateCodeInterpreter"
                " bedrock-agentcore:InvokeCodeInterpreter"
                " bedrock-agentcore:StartCodeInterpreterSession"
            ),
        },
        existing={
            "bedrock-002": (
                "bedrock-agentcore:InvokeCodeInterpreter"
                " bedrock-agentcore:StartCodeInterpreterSession"
            ),
        },
    ),
    _service(
        "bedrock-agentcore",
        "steer a Bedrock browser session",
        new={
            "connectbrowserautomationstream+createbrowser+startbrowsersession+passrole": (
                "bedrock-agentcore:ConnectBrowserAutomationStream"
                " bedrock-agentcore:CreateBrowser"
                " bedrock-agentcore:StartBrowserSession"
            ),
        },
        existing={
            "connectbrowserautomationstream+startbrowsersession": (
                "bedrock-agentcore:ConnectBrowserAutomationStream"
                " bedrock-agentcore:StartBrowserSession"
            ),
        },
    ),
    _service(
        "bedrock-agentcore",
        "run commands in a Bedrock agent runtime",
        new={
            "createagentruntime+createagentruntimeendpoint+createworkloadidentity"
            "+invokeagentruntimecommand+passrole": (
                "bedrock-agentcore:CreateAgentRuntime"
                " bedrock-agentcore:CreateAgentRuntimeEndpoint"
                " bedrock-agentcore:CreateWorkloadIdentity"
                " bedrock-agentcore:InvokeAgentRuntimeCommand"
            ),
            "createagentruntime+createagentruntimeendpoint+createharness+createworkloadidentity"
            "+getagentruntime+invokeagentruntimecommand+passrole": (
                "bedrock-agentcore:CreateAgentRuntime"
                " bedrock-agentcore:CreateAgentRuntimeEndpoint"
                " bedrock-agentcore:CreateHarness"
                " bedrock-agentcore:CreateWorkloadIdentity"
                " bedrock-agentcore:GetAgentRuntime"
                " bedrock-agentcore:InvokeAgentRuntimeCommand"
            ),
        },
        existing={"invokeagentruntimecommand": "bedrock-agentcore:InvokeAgentRuntimeCommand"},
    ),
    _service("braket", "run code as a Braket job", new={"createjob+passrole": "braket:CreateJob"}),
    _service(
        "cloudformation",
        "have CloudFormation make anything",
        new={
            "cloudformation-001": "cloudformation:CreateStack",
            "createstack+describestacks+passrole": (
                "cloudformation:CreateStack cloudformation:DescribeStacks"
            ),
            "cloudformation-003": (
                "cloudformation:CreateStackInstances cloudformation:CreateStackSet"
            ),
        },
        given={"cloudformation-004": "cloudformation:UpdateStackSet"},
        existing={
            "cloudformation-002": "cloudformation:UpdateStack",
            "describestacks+updatestack": (
                "cloudformation:DescribeStacks cloudformation:UpdateStack"
            ),
            "cloudformation-005": "cloudformation:CreateChangeSet cloudformation:ExecuteChangeSet",
        },
    ),
    _service(
        "codebuild",
        "run commands in a CodeBuild project",
        new={
            "codebuild-001": "codebuild:CreateProject codebuild:StartBuild",
            "codebuild-004": "codebuild:CreateProject codebuild:StartBuildBatch",
            "createproject+startbuild+startbuildbatch+listroles+passrole": (
                "codebuild:CreateProject codebuild:StartBuild codebuild:StartBuildBatch"
                " iam:ListRoles"
            ),
        },
        given={"startbuild+updateproject+passrole": "codebuild:StartBuild codebuild:UpdateProject"},
        existing={
            "codebuild-002": "codebuild:StartBuild",
            "codebuild-003": "codebuild:StartBuildBatch",
        },
    ),
    _service(
        "ec2",
        "run code on the instances of a CodeDeploy group",
        existing={
            "createdeployment+getdeploymentconfig+registerapplicationrevision": (
                "codedeploy:CreateDeployment codedeploy:GetDeploymentConfig"
                " codedeploy:RegisterApplicationRevision"
            ),
        },
    ),
    _service(
        "codestar",
        "have a CodeStar project make what it likes",
        new={"createproject+passrole": "codestar:CreateProject"},
        existing={
            "associateteammember+createproject": (
                "codestar:AssociateTeamMember codestar:CreateProject"
            ),
            "createprojectfromtemplate": "codestar:CreateProjectFromTemplate",
        },
    ),
    _service(
        "cognito-identity",
        "hand out credentials through an identity pool",
        given={"setidentitypoolroles+passrole": "cognito-identity:SetIdentityPoolRoles"},
    ),
    _service(
        "datapipeline",
        "run commands in a Data Pipeline",
        new={
            "createpipeline+passrole": "datapipeline:CreatePipeline",
            "createpipeline+putpipelinedefinition+passrole": (
                "datapipeline:CreatePipeline datapipeline:PutPipelineDefinition"
            ),
            "datapipeline-001": (
                "datapipeline:ActivatePipeline datapipeline:CreatePipeline"
                " datapipeline:PutPipelineDefinition"
            ),
        },
    ),
    _service(
        "ec2",
        "run code on an instance",
        new={
            "ec2-001": "ec2:RunInstances",
            "associateiaminstanceprofile+createkeypair+describeinstances+runinstances+passrole": (
                "ec2:AssociateIamInstanceProfile ec2:CreateKeyPair ec2:DescribeInstances"
                " ec2:RunInstances"
            ),
            "ec2-003/requestspotinstances+passrole": "ec2:RequestSpotInstances",
        },
        existing={
            "ec2-002": "ec2:ModifyInstanceAttribute ec2:StartInstances ec2:StopInstances",
            "ec2-003/sendsshpublickey": "ec2-instance-connect:SendSSHPublicKey",
            "ec2instanceconnect-003": (
                "ec2-instance-connect:SendSSHPublicKey ec2:DescribeInstances"
            ),
            "sendsshpublickey+sendserialconsolesshpublickey+describeinstances": (
                "ec2-instance-connect:SendSSHPublicKey"
                " ec2-instance-connect:SendSerialConsoleSSHPublicKey ec2:DescribeInstances"
            ),
            "ec2-004": "ec2:CreateLaunchTemplateVersion ec2:ModifyLaunchTemplate",
            "ssm-001": "ssm:StartSession",
            "describeinstances+describeinstanceproperties+describesessions+getconnectionstatus"
            "+resumesession+startsession+terminatesession": (
                "ec2:DescribeInstances ssm:DescribeInstanceProperties ssm:DescribeSessions"
                " ssm:GetConnectionStatus ssm:ResumeSession ssm:StartSession ssm:TerminateSession"
            ),
            "ssm-002": "ssm:SendCommand",
            "describeinstances+listcommandinvocations+listcommands+sendcommand": (
                "ec2:DescribeInstances ssm:ListCommandInvocations ssm:ListCommands ssm:SendCommand"
            ),
        },
    ),
    _service(
        "ecs-tasks",
        "run code as an ECS task",
        new={
            "ecs-001": "ecs:CreateCluster ecs:CreateService ecs:RegisterTaskDefinition",
            "ecs-002": "ecs:CreateCluster ecs:RegisterTaskDefinition ecs:RunTask",
        },
        given={
            "ecs-003": "ecs:CreateService ecs:RegisterTaskDefinition",
            "ecs-004": "ecs:RegisterTaskDefinition ecs:RunTask",
            "ecs-005": "ecs:RegisterTaskDefinition ecs:StartTask",
            "ecs-007": (
                "ecs:DeregisterContainerInstance ecs:RegisterContainerInstance ecs:StartTask"
            ),
            "ecs-008": "ecs:RunTask",
            "ecs-009": "ecs:StartTask",
        },
        existing={"ecs-006": "ecs:DescribeTasks ecs:ExecuteCommand"},
    ),
    _service(
        "elasticmapreduce",
        "run code in an EMR cluster",
        new={"runjobflow+passrole": "elasticmapreduce:RunJobFlow"},
    ),
    _service(
        "emr-serverless",
        "run code in an EMR Serverless application",
        new={
            "createapplication+startjobrun+passrole": (
                "emr-serverless:CreateApplication emr-serverless:StartJobRun"
            ),
        },
    ),
    _service(
        "gamelift",
        "run code on a GameLift fleet",
        new={
            "createbuild+createfleet+requestuploadcredentials+passrole": (
                "gamelift:CreateBuild gamelift:CreateFleet gamelift:RequestUploadCredentials"
            ),
        },
    ),
    _service(
        "glue",
        "run code on a Glue development endpoint",
        new={
            "glue-001": "glue:CreateDevEndpoint",
            "createdevendpoint+getdevendpoint+passrole": (
                "glue:CreateDevEndpoint glue:GetDevEndpoint"
            ),
        },
        existing={
            "glue-002": "glue:UpdateDevEndpoint",
            "getdevendpoint+updatedevendpoint": "glue:GetDevEndpoint glue:UpdateDevEndpoint",
        },
    ),
    _service(
        "glue",
        "run code as a Glue job",
        new={
            "glue-003": "glue:CreateJob glue:StartJobRun",
            "glue-004": "glue:CreateJob glue:CreateTrigger",
            "glue-007": "glue:CreateSession glue:RunStatement",
        },
        given={
            "glue-005": "glue:StartJobRun glue:UpdateJob",
            "glue-006": "glue:CreateTrigger glue:UpdateJob",
        },
    ),
    _service(
        "ec2",
        "run code where Image Builder builds images",
        new={
            "passrole+createcomponent+createimage+createimagerecipe"
            "+createinfrastructureconfiguration": (
                "imagebuilder:CreateComponent imagebuilder:CreateImage"
                " imagebuilder:CreateImageRecipe imagebuilder:CreateInfrastructureConfiguration"
            ),
        },
    ),
    _service(
        "kinesisanalytics",
        "run code as a Kinesis Data Analytics application",
        new={
            "passrole+createapplication+startapplication": (
                "kinesisanalytics:CreateApplication kinesisanalytics:StartApplication"
            ),
        },
    ),
    _service(
        "lambda",
        "run code in a Lambda function",
        new={
            "passrole+createfunction": "lambda:CreateFunction",
            "lambda-001": "lambda:CreateFunction lambda:InvokeFunction",
            "lambda-002": "lambda:CreateEventSourceMapping lambda:CreateFunction",
            "createtable+putitem+passrole+createeventsourcemapping+createfunction": (
                "dynamodb:CreateTable dynamodb:PutItem lambda:CreateEventSourceMapping"
                " lambda:CreateFunction"
            ),
            "lambda-006/passrole+addpermission+createfunction": (
                "lambda:AddPermission lambda:CreateFunction"
            ),
            "lambda-006/passrole+addpermission+createfunction+invokefunction": (
                "lambda:AddPermission lambda:CreateFunction lambda:InvokeFunction"
            ),
        },
        given={
            "passrole+updatefunctioncode+updatefunctionconfiguration": (
                "lambda:UpdateFunctionCode lambda:UpdateFunctionConfiguration"
            ),
        },
        existing={
            "lambda-003": "lambda:UpdateFunctionCode",
            "lambda-004": "lambda:InvokeFunction lambda:UpdateFunctionCode",
            "lambda-005/addpermission+updatefunctioncode": (
                "lambda:AddPermission lambda:UpdateFunctionCode"
            ),
            "lambda-005/addpermission+invokefunction+updatefunctioncode": (
                "lambda:AddPermission lambda:InvokeFunction lambda:UpdateFunctionCode"
            ),
            "updatefunctionconfiguration": "lambda:UpdateFunctionConfiguration",
            "updatefunctioncode+updatefunctionconfiguration": (
                "lambda:UpdateFunctionCode lambda:UpdateFunctionConfiguration"
            ),
        },
    ),
    _service(
        "omics",
        "run code as a HealthOmics workflow",
        new={
            "passrole+createworkflow+startrun+getobject": (
                "omics:CreateWorkflow omics:StartRun s3:GetObject"
            ),
        },
    ),
    _service(
        "sagemaker",
        "run code in a SageMaker notebook",
        new={
            "sagemaker-001": "sagemaker:CreateNotebookInstance",
            "listroles+passrole+createnotebookinstance+createpresignednotebookinstanceurl"
            "+deletenotebookinstance+describenotebookinstance+listnotebookinstances"
            "+stopnotebookinstance": (
                "iam:ListRoles sagemaker:CreateNotebookInstance"
                " sagemaker:CreatePresignedNotebookInstanceUrl sagemaker:DeleteNotebookInstance"
                " sagemaker:DescribeNotebookInstance sagemaker:ListNotebookInstances"
                " sagemaker:StopNotebookInstance"
            ),
        },
        existing={
            "sagemaker-004": "sagemaker:CreatePresignedNotebookInstanceUrl",
            "createpresignednotebookinstanceurl+listnotebookinstances": (
                "sagemaker:CreatePresignedNotebookInstanceUrl sagemaker:ListNotebookInstances"
            ),
            "sagemaker-005": (
                "sagemaker:CreateNotebookInstanceLifecycleConfig sagemaker:StartNotebookInstance"
                " sagemaker:StopNotebookInstance sagemaker:UpdateNotebookInstance"
            ),
        },
    ),
    _service(
        "sagemaker",
        "run code as a SageMaker job",
        new={
            "sagemaker-002/passrole+createtrainingjob": "sagemaker:CreateTrainingJob",
            "sagemaker-002/passrole+getobject+putobject+createtrainingjob": (
                "s3:GetObject s3:PutObject sagemaker:CreateTrainingJob"
            ),
            "sagemaker-003/passrole+createprocessingjob": "sagemaker:CreateProcessingJob",
            "sagemaker-003/passrole+getobject+putobject+createprocessingjob": (
                "s3:GetObject s3:PutObject sagemaker:CreateProcessingJob"
            ),
        },
    ),
    _service(
        "scheduler",
        "have EventBridge Scheduler make calls",
        new={"passrole+createschedule": "scheduler:CreateSchedule"},
    ),
    _service(
        "ssm",
        "run a Systems Manager automation",
        new={
            "passrole+createdocument+startautomationexecution": (
                "ssm:CreateDocument ssm:StartAutomationExecution"
            ),
        },
    ),
    _service(
        "sso",
        "change what a permission set of Identity Center allows",
        there="",
        existing={
            "attachmanagedpolicytopermissionset": "sso:AttachManagedPolicyToPermissionSet",
            "putinlinepolicytopermissionset": "sso:PutInlinePolicyToPermissionSet",
            "attachmanagedpolicytopermissionset+createaccountassignment+createpermissionset": (
                "sso:AttachManagedPolicyToPermissionSet sso:CreateAccountAssignment"
                " sso:CreatePermissionSet"
            ),
        },
    ),
    _service(
        "states",
        "have a state machine make calls",
        new={
            "passrole+createstatemachine+startexecution": (
                "states:CreateStateMachine states:StartExecution"
            ),
        },
        existing={
            "startexecution+updatestatemachine": "states:StartExecution states:UpdateStateMachine",
        },
    ),
)


def _paths(service: _Service) -> Iterator[Path]:
    passes = f"can {service.says} with a role that it passes"
    takes = f"can {service.says}{service.there}"
    for sets, form in (
        (service.new, partial(_passing, says=passes)),
        (service.given, partial(_passing, says=passes, at_most=Certainty.POSSIBLE)),
        (service.existing, partial(_taking, says=takes, at_most=Certainty.POSSIBLE)),
    ):
        for name, actions in sets.items():
            yield form(id=name, beside=tuple(actions.split()), service=service.principal)


_passing = partial(
    Path, category=Category.NEW, target=Target.PASSED_ROLE, actions=("iam:PassRole",)
)
_taking = partial(Path, category=Category.EXISTING, target=Target.RESOURCE)

PATHS = tuple(path for service in _SERVICES for path in _paths(service))
